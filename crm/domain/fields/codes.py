"""Choices with stable codes; words come at the edge. Words and codes are both accepted everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from crm.i18n import N_


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a dictionary.

    Attributes:
        code: what is stored and given in JSON.
        label: the message (English) whose translation people see.
        words: other spellings that mean it.
    """

    code: str
    label: str
    words: tuple[str, ...] = ()


AREA_CODES = ("高铁新城", "高新区", "开发区", "其他区域")

AREAS = (
    Choice("高铁新城", N_("High-speed Rail New Town")),
    Choice("高新区", N_("Xiangcheng High-tech Zone"), ("相城高新区",)),
    Choice("开发区", N_("Xiangcheng Development Zone"), ("经开区", "相城经济技术开发区", "相城经开区")),
    Choice("其他区域", N_("Other areas")),
)
LAND_USES = (
    Choice("industrial", N_("industrial"), ("工业", "工业用地")),
    Choice("commercial", N_("commercial"), ("商服", "商服用地", "商业", "商业服务业")),
    Choice("research", N_("research"), ("科研", "科研用地")),
    Choice("residential", N_("residential"), ("住宅", "住宅用地")),
    Choice("other", N_("other use"), ("其他",)),
)
TAX_BASES = (
    Choice("full", N_("full basis"), ("全口径", "全口径入库税收")),
    Choice("local", N_("local share"), ("地方留成", "留成")),
)
STAGES = (
    Choice("lead", N_("Lead"), ("线索", "意向", "初步意向", "谋划")),
    Choice("assessment", N_("Assessment"), ("研判", "研判中")),
    Choice("negotiation", N_("Negotiation"), ("在谈", "洽谈", "洽谈中", "在谈中", "新增在谈")),
    Choice("review", N_("In review"), ("评审", "评审中", "准入", "准入评审", "项目评审", "过会", "已过会")),
    Choice("signed", N_("Signed"), ("签约", "已签约")),
    Choice("registered", N_("Registered"), ("注册", "已注册")),
    Choice("land_supplied", N_("Land supplied"), ("供地", "已供地", "拿地", "已拿地", "摘牌", "已摘牌", "摘地")),
    Choice("started", N_("Construction started"), ("开工", "在建", "已开工", "建设", "建设中")),
    Choice("completed", N_("Completed"), ("竣工", "已竣工")),
    Choice("production", N_("In production"), ("投产", "已投产")),
    Choice("full_production", N_("Full production"), ("达产", "已达产")),
)
STATUSES = (
    Choice("active", N_("Active"), ("推进中", "正常")),
    Choice("paused", N_("Paused"), ("搁置",)),
    Choice("transferred", N_("Transferred"), ("流转",)),
    Choice("ended", N_("Ended"), ("终止",)),
    Choice("moved_out", N_("Moved out"), ("迁出",)),
)
VERDICTS = (
    Choice("met", N_("Reached")),
    Choice("not_met", N_("Not reached")),
    Choice("not_applicable", N_("Not applicable")),
    Choice("incomplete", N_("To be completed")),
    Choice("uncertain", N_("To be verified")),
    Choice("consult", N_("To be consulted about")),
)
"""Of the land threshold; what they mean is told in ``crm.domain.thresholds.judgement``."""

INCREMENTS = (Choice("new", N_("New project"), ("增量",)), Choice("existing", N_("Existing firm"), ("存量",)))
LEAD_KINDS = (
    Choice("investment", N_("Investment lead"), ("招商",)),
    Choice("talent", N_("Talent lead"), ("引才", "人才")),
)
NATURES = (
    Choice("research", N_("Research"), ("研发",)),
    Choice("pilot", N_("Pilot production"), ("中试",)),
    Choice("manufacturing", N_("Manufacturing"), ("制造", "生产")),
    Choice("headquarters", N_("Headquarters"), ("总部",)),
    Choice("service", N_("Service"), ("服务",)),
)
FUTURE_INDUSTRIES = (
    Choice("research", N_("Research industry"), ("大研发",)),
    Choice("culture", N_("Culture industry"), ("大文化",)),
    Choice("health", N_("Health industry"), ("大健康",)),
)
"""The three of fact C08."""

CULTURE_LINES = (
    Choice("digital", N_("Digital culture"), ("数字文化",)),
    Choice("design", N_("Creative design"), ("创意设计",)),
    Choice("film", N_("Film and entertainment"), ("影视娱乐",)),
    Choice("tourism", N_("Culture and tourism"), ("文化旅游", "文旅")),
    Choice("sports", N_("Arts, sports and education"), ("文教体育",)),
)
"""The five of fact C10."""

GOALS = (
    Choice("苏州市域新中心", N_("New centre of the city region")),
    Choice("产城融合样板区", N_("Model of industry and city in one")),
    Choice("长三角一体化创新发展示范区", N_("Demonstration area of the Yangtze Delta")),
    Choice("生态宜居中心", N_("Centre of ecology and living")),
    Choice("科技创新中心", N_("Centre of science and technology")),
    Choice("城市枢纽中心", N_("Hub of the city")),
    Choice("未来活力中心", N_("Centre of future vitality")),
)
"""What facts D02, D03 and D05 name; the directions of D04 are ``FUTURE_INDUSTRIES``, the areas of D06 unnamed."""

COOPERATION_FIELDS = (
    Choice("transport", N_("Joint transport"), ("交通联运",)),
    Choice("industry", N_("Industrial innovation"), ("产业创新",)),
    Choice("resources", N_("Sharing of resources"), ("资源共享",)),
    Choice("research", N_("Research cooperation"), ("科技研发",)),
    Choice("finance", N_("Technology finance"), ("科技金融",)),
    Choice("services", N_("Public services"), ("公共服务",)),
)
"""The six of fact F05."""

LANDINGS = (
    Choice("registration", N_("Registration"), ("注册", "注册落地")),
    Choice("research_centre", N_("Research centre"), ("研发中心",)),
    Choice("headquarters", N_("Headquarters"), ("总部",)),
    Choice("subsidiary", N_("Subsidiary"), ("子公司",)),
)
FINANCING_STAGES = ("种子", "天使", "Pre-A", "A", "B", "C", "D", "E", "F", "Pre-IPO", "并购")
"""In order of age; later rounds are allowed."""

FINANCING_STAGE_CHOICES = tuple(
    Choice(stage, stage, (f"{stage}轮", f"{stage}轮融资", f"{stage}期")) for stage in FINANCING_STAGES
)
"""A+轮 and the like stay as they are entered; that they count as A is for the matching to say."""

REGIONS = (
    Choice("中国香港", N_("Hong Kong, China"), ("香港", "香港地区", "中国香港特别行政区", "香港特别行政区")),
    Choice("中国澳门", N_("Macao, China"), ("澳门", "澳门地区", "中国澳门特别行政区", "澳门特别行政区")),
    Choice("中国台湾", N_("Taiwan, China"), ("台湾", "台湾省", "台湾地区", "中国台湾省", "中国台湾地区")),
    Choice("中国", N_("China"), ("境内", "内资", "国内", "中国大陆", "中国内地", "内地")),
)
"""Names of countries and regions that have one official form (decisions 48); others stay as given."""
COMMUNITY_STATUSES = (
    Choice("open", N_("Open to projects"), ("可招商",)),
    Choice("slot", N_("To be entered"), ("待补录",)),
    Choice("full", N_("Fully let"), ("已满",)),
    Choice("converting", N_("Being converted"), ("改造中",)),
)
FUND_KINDS = (
    Choice("mother", N_("Mother fund"), ("母基金",)),
    Choice("sub", N_("Sub-fund"), ("子基金",)),
    Choice("direct", N_("Direct fund"), ("直投", "直投基金")),
)
FUND_ORIGINS = (
    Choice("mother", N_("Xiangrong Capital mother fund"), ("相融资本母基金",)),
    Choice("joint", N_("Jointly set up sub-fund"), ("合作设立子基金",)),
    Choice("attracted", N_("Attracted fund"), ("引进基金",)),
)
PLOT_STATUSES = (
    Choice("available", N_("Available for supply"), ("可供", "可供地")),
    Choice("locked", N_("Intended site"), ("意向锁定", "意向选址")),
    Choice("supplied", N_("Supplied"), ("已供",)),
    Choice("withdrawn", N_("Withdrawn"), ("收回",)),
)
