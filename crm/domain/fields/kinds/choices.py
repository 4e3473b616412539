"""Choices of the kinds of record beside leads, communities, funds and plots."""

from __future__ import annotations

from crm.domain.fields.codes import Choice
from crm.i18n import N_

SLOT = Choice("slot", N_("To be entered"), ("待补录",))

ENTERPRISE_SCALES = (
    Choice("large_medium_industry", N_("Large or medium industrial firm"), ("大中型工业企业", "大中型工业")),
    Choice("hightech_above", N_("High-tech firm above designated size"), ("规上高新技术企业", "规上高企")),
    Choice("above", N_("Firm above designated size"), ("规上企业", "规上")),
    Choice("below", N_("Firm below designated size"), ("规下企业", "规下")),
)
"""Coverage by research institutions counts the first two (fact K03)."""

ROLES = (
    Choice("investor", N_("Investor"), ("投资方",)),
    Choice("landed", N_("Landed enterprise"), ("落地企业", "已落地")),
    Choice("provider", N_("Service provider"), ("服务商",)),
    Choice("operator", N_("Operator of a carrier"), ("载体运营方", "运营方")),
    Choice("manager", N_("Fund manager"), ("基金管理人",)),
)
"""One organisation may have several (inconsistency I24)."""

TALENT_KINDS = (Choice("person", N_("Person"), ("个人",)), Choice("team", N_("Team"), ("团队",)))
TALENT_STATES = (
    Choice("found", N_("Found"), ("发现", "线索")),
    Choice("talking", N_("Talking"), ("对接中", "洽谈中")),
    Choice("agreed", N_("Agreed to come"), ("达成意向", "意向")),
    Choice("applied", N_("Applied for a programme"), ("已申报", "申报中")),
    Choice("arrived", N_("Arrived"), ("已落地", "已引进")),
    Choice("ended", N_("Ended"), ("终止",)),
)
CAMPAIGN_KINDS = (
    Choice("promotion", N_("Promotion meeting"), ("推介会", "招商推介会")),
    Choice("fair", N_("Fair"), ("展会", "博览会")),
    Choice("contest", N_("Contest"), ("大赛", "创业大赛")),
    Choice("forum", N_("Forum"), ("论坛", "峰会")),
    Choice("visit", N_("Visit"), ("走访", "拜访", "外出招商")),
    Choice("other", N_("Other"), ("其他",)),
)
SIGN_UP_WANTS = (
    Choice("investment", N_("Investment"), ("招商", "项目", "投资")),
    Choice("talent", N_("Talent"), ("引才", "人才")),
)
STATION_STATUSES = (SLOT, Choice("open", N_("Working"), ("运行中",)), Choice("closed", N_("Closed"), ("已撤销",)))
SLOT_STATUSES = (SLOT, Choice("entered", N_("Entered"), ("已录", "已补录")))
AREA_STATUSES = (
    Choice("to_confirm", N_("To be confirmed"), ("待确认",)),
    Choice("confirmed", N_("Confirmed"), ("已确认",)),
)

CARRIER_KINDS = (
    Choice("delta_centre", N_("Yangtze Delta joint innovation centre"), ("长三角协同创新中心",)),
    Choice("exhibition_centre", N_("International exhibition centre"), ("国际展览中心",)),
    Choice("industrial_park", N_("International industrial park"), ("国际产业园区",)),
    Choice("research_community", N_("International research community"), ("国际研发社区",)),
    Choice("service_community", N_("High-end service community"), ("高端服务社区",)),
    Choice("science_centre", N_("Science and technology innovation centre"), ("科技创新中心",)),
    Choice("culture_centre", N_("Culture and creativity centre"), ("文化创意中心",)),
    Choice("leisure_centre", N_("Culture and tourism leisure centre"), ("文旅休闲中心",)),
    Choice("school", N_("International school"), ("国际学校",)),
    Choice("hospital", N_("International hospital"), ("国际医院",)),
    Choice("other", N_("Other carrier"), ("其他",)),
)
"""The ten kinds of fact F02, and others, for the list is open there (等)."""

CARRIER_LISTS = (
    Choice("rd_carrier", N_("Research carrier"), ("科技研发载体",)),
    Choice("culture_park", N_("Culture industry park"), ("特色文化产业园区", "文化产业园区")),
)
CONVERSIONS = (
    Choice("planned", N_("Conversion planned"), ("计划转型",)),
    Choice("converting", N_("Conversion under way"), ("转型中",)),
    Choice("converted", N_("Conversion done"), ("转型完成", "已转型")),
)
PLATFORM_KINDS = (
    Choice("international", N_("International cooperation platform"), ("国际产能合作平台", "国际合作平台")),
    Choice("public_service", N_("Public innovation service platform"), ("创新公共服务平台", "公共服务平台")),
)
PLAN_KINDS = (
    Choice("master", N_("Master plan"), ("总体规划",)),
    Choice("detailed", N_("Regulatory detailed plan"), ("控制详规", "控制性详细规划")),
    Choice("land_use", N_("Land-use plan"), ("土地利用规划",)),
    Choice("urban_design", N_("Urban design"), ("城市设计",)),
    Choice("transport", N_("Transport plan"), ("综合交通", "综合交通规划")),
    Choice("industry", N_("Industry plan"), ("产业发展", "产业发展规划")),
    Choice("other", N_("Other plan"), ("其他", "其他规划")),
)
"""The six kinds of fact E01, and others: 26 plans are told, six kinds named."""

ACCESS_LEVELS = (
    Choice("forbidden", N_("Forbidden"), ("禁止", "禁止类", "淘汰类")),
    Choice("restricted", N_("Restricted"), ("限制", "限制类")),
    Choice("consult", N_("To be consulted about"), ("需会商", "会商")),
)
GBT_EDITIONS = (Choice("2017", N_("GB/T 4754-2017")), Choice("2011", N_("GB/T 4754-2011")))
DECISION_LEVELS = (
    Choice("district", N_("District"), ("区", "区级")),
    Choice("zone", N_("Zone or town"), ("板块", "镇街", "板块级")),
    Choice("city", N_("City"), ("市", "市级")),
    Choice("province", N_("Province"), ("省", "省级")),
    Choice("state", N_("State"), ("国家", "国家级")),
)
CHECK_ITEMS = (
    Choice("registration", N_("Company registration"), ("工商", "工商登记")),
    Choice("lawsuits", N_("Lawsuits"), ("涉诉", "诉讼")),
    Choice("dishonesty", N_("Dishonesty records"), ("失信",)),
    Choice("controller", N_("Actual controller"), ("实控人", "实际控制人")),
    Choice("funds", N_("Source of the money"), ("资金来源",)),
)
CHECK_RESULTS = (
    Choice("clear", N_("Nothing found"), ("未见异常", "正常")),
    Choice("flag", N_("Red flag"), ("红旗", "异常", "风险")),
)
REVIEW_DECISIONS = (
    Choice("approved", N_("Approved"), ("通过", "同意")),
    Choice("conditional", N_("Approved with conditions"), ("有条件通过",)),
    Choice("deferred", N_("Deferred"), ("暂缓",)),
    Choice("rejected", N_("Rejected"), ("不通过", "不同意", "否决")),
)
GATES = (
    Choice("access", N_("Access list"), ("准入", "准入清单", "负面清单")),
    Choice("planning", N_("Conformity with plans"), ("规划符合性", "规划")),
    Choice("background", N_("Background check"), ("背景核查", "尽职调查", "尽调")),
    Choice("threshold", N_("Land-tax threshold"), ("供地门槛", "门槛")),
    Choice("order", N_("Order of stages"), ("阶段顺序", "节点顺序")),
    Choice("proof", N_("Proof of a stage"), ("节点佐证", "佐证")),
    Choice("requirement", N_("Requirement of a stage"), ("阶段要求",)),
)
PLANNING_RESULTS = (
    Choice("conforming", N_("Conforms"), ("符合",)),
    Choice("not_conforming", N_("Does not conform"), ("不符合",)),
    Choice("to_check", N_("To be checked"), ("待核",)),
)
PROVIDER_SERVICES = (
    Choice("big_data", N_("Big data analysis"), ("大数据分析",)),
    Choice("cloud", N_("Cloud platform"), ("云平台建设", "云平台")),
    Choice("iot", N_("Internet of things"), ("物联网应用", "物联网")),
    Choice("workshop", N_("Diagnosis of smart workshops"), ("智能车间诊断",)),
)
"""The four services of fact M02."""

COOPERATION_STAGES = (
    Choice("talking", N_("Talking"), ("对接中", "洽谈中")),
    Choice("agreed", N_("Agreement signed"), ("已签约", "已签协议")),
    Choice("running", N_("Running"), ("实施中",)),
    Choice("finished", N_("Finished"), ("已完成",)),
)
INSTITUTION_KINDS = (
    Choice("university", N_("University"), ("高校", "大学")),
    Choice("institute", N_("Research institute"), ("科研院所", "研究所")),
    Choice("provincial", N_("Provincial industrial research institute"), ("省产研院",)),
    Choice("other", N_("Other"), ("其他",)),
)
"""Fact K12."""

GROUP_KINDS = (Choice("group", N_("Group"), ("集团",)), Choice("company", N_("Company"), ("公司",)))
GROUP_MATTERS = (
    Choice("carrier", N_("Carrier"), ("载体",)),
    Choice("land", N_("Land"), ("土地", "地块")),
    Choice("utility", N_("Utilities"), ("配套", "水电气")),
    Choice("fund", N_("Fund"), ("基金", "资金")),
    Choice("other", N_("Other"), ("其他",)),
)
INCENTIVE_HEADS = (
    Choice("talent", N_("Attraction of talents"), ("人才招引",)),
    Choice("unicorn", N_("Unicorn firms"), ("独角兽企业培育",)),
    Choice("listing", N_("Listing of new-economy firms"), ("新经济企业上市",)),
    Choice("academician", N_("Academician workstations"), ("院士工作站建设",)),
    Choice("incubator", N_("Incubators and maker spaces"), ("科技孵化器（众创空间）管理", "科技孵化器", "众创空间")),
    Choice("innovation", N_("Innovation awards"), ("科技创新奖励",)),
)
"""The six heads of fact O11; it gives no amount."""

INCENTIVE_REVIEWS = (
    Choice("passed", N_("Review passed"), ("通过",)),
    Choice("to_change", N_("To be changed"), ("需修改",)),
    Choice("not_concerned", N_("Not concerned"), ("不涉及",)),
)
PROMISE_TIMES = (
    Choice("new", N_("New promise"), ("新增", "新承诺")),
    Choice("legacy", N_("Earlier promise (to be cleared)"), ("存量承诺", "存量承诺（待清理）", "存量")),
)
FINANCING_KINDS = (
    Choice("equity", N_("Equity"), ("股权", "股权融资")),
    Choice("credit", N_("Credit"), ("信贷", "贷款")),
    Choice("guarantee", N_("Guarantee"), ("担保",)),
    Choice("lease", N_("Finance lease"), ("租赁", "融资租赁")),
    Choice("subsidy", N_("Subsidy"), ("补助", "补贴", "贴息")),
)
FINANCING_STATES = (
    Choice("open", N_("Not referred yet"), ("待对接",)),
    Choice("referred", N_("Referred"), ("已推荐", "已对接")),
    Choice("talking", N_("Talking"), ("洽谈中",)),
    Choice("agreed", N_("Agreed"), ("已达成", "已放款", "已投资")),
    Choice("declined", N_("Declined"), ("未达成", "已拒绝")),
)
YEAR_FIGURES = (
    Choice("actual", N_("Actual"), ("实际", "实绩")),
    Choice("promised", N_("Promised"), ("承诺", "协议")),
)
AGREEMENT_KINDS = (
    Choice("investment", N_("Investment agreement"), ("投资协议", "投资合同", "投资建设协议")),
    Choice("performance", N_("Performance agreement"), ("履约监管协议", "监管协议", "产业发展协议")),
    Choice("land", N_("Land contract"), ("土地出让合同", "出让合同", "供地合同")),
    Choice("lease", N_("Lease contract"), ("租赁合同", "载体租赁合同")),
    Choice("framework", N_("Framework agreement"), ("框架协议", "战略合作协议", "意向书")),
    Choice("supplement", N_("Supplementary agreement"), ("补充协议",)),
)
OBLIGED = (
    Choice("enterprise", N_("The enterprise"), ("企业", "投资方", "乙方")),
    Choice("district", N_("The district"), ("区方", "甲方", "政府")),
)
OBLIGATION_MEASURES = (
    Choice("investment", N_("Investment made"), ("投资额", "完成投资", "投资强度")),
    Choice("paid_in", N_("Paid-in capital"), ("到位资金", "实缴资本", "到账外资")),
    Choice("output", N_("Output"), ("产值",)),
    Choice("revenue", N_("Revenue"), ("营业收入", "开票销售")),
    Choice("tax", N_("Tax"), ("税收", "纳税")),
    Choice("tax_per_mu", N_("Tax per mu"), ("亩均税收",)),
    Choice("jobs", N_("Jobs"), ("就业", "用工")),
    Choice("rd_spend", N_("Research spending"), ("研发投入",)),
    Choice("start", N_("Construction start"), ("开工",)),
    Choice("completion", N_("Completion"), ("竣工",)),
    Choice("production", N_("Start of production"), ("投产",)),
    Choice("full_production", N_("Full production"), ("达产",)),
    Choice("delivery", N_("Delivery of land or premises"), ("交地", "交付", "载体交付")),
    Choice("payment", N_("Payment"), ("付款", "缴款", "保证金")),
    Choice("other", N_("Other matter"), ("其他", "其他事项")),
)
EVALUATION_CLASSES = (
    Choice("A", N_("A: priority"), ("A类", "优先发展")),
    Choice("B", N_("B: encouraged"), ("B类", "鼓励提升")),
    Choice("C", N_("C: supervised"), ("C类", "监管调控")),
    Choice("D", N_("D: rectified"), ("D类", "落后整治")),
    Choice("T", N_("T: not graded"), ("T类", "暂不评价")),
)
"""practice.md §9: class names of a neighbouring city's published rules; Xiangcheng's own were not found."""

TARGET_HOLDERS = (
    Choice("officer", N_("Officer"), ("个人", "人员")),
    Choice("bureau", N_("Bureau"), ("单位", "部门")),
    Choice("area", N_("Area"), ("板块", "片区")),
    Choice("district", N_("Whole district"), ("全区",)),
)
TARGET_MEASURES = (
    Choice("leads", N_("New leads"), ("线索数", "新增线索")),
    Choice("signed", N_("Projects signed"), ("签约数", "签约项目数")),
    Choice("registered", N_("Projects registered"), ("注册数",)),
    Choice("started", N_("Construction starts"), ("开工数", "新开工数")),
    Choice("production", N_("Projects in production"), ("投产数",)),
    Choice("planned_investment", N_("Planned investment"), ("计划总投资",)),
    Choice("paid_in_investment", N_("Paid-in investment"), ("到位资金", "实际到位")),
    Choice("talents", N_("Talents arrived"), ("引进人才数", "人才数")),
)
ENROLMENT_STATES = (
    Choice("enrolled", N_("Enrolled"), ("已参与", "已入选")),
    Choice("done", N_("Completed"), ("已完成", "已验收")),
    Choice("left", N_("Left"), ("已退出",)),
)
INSTITUTION_LEVELS = (
    Choice("state", N_("State level"), ("国家级",)),
    Choice("province", N_("Provincial level"), ("省级", "省级以上")),
    Choice("city", N_("City level"), ("市级",)),
    Choice("district", N_("District level"), ("区级",)),
)
RD_INSTITUTION_KINDS = (
    Choice("technology_centre", N_("Enterprise technology centre"), ("企业技术中心",)),
    Choice("engineering_centre", N_("Engineering research centre"), ("工程技术研究中心",)),
    Choice("academician_station", N_("Academician workstation"), ("院士工作站",)),
    Choice("other", N_("Other"), ("其他", "研发机构")),
)
TEXT_KINDS = (
    Choice("profile", N_("District profile"), ("区情",)),
    Choice("goal", N_("Goal"), ("目标",)),
    Choice("policy", N_("Policy"), ("政策",)),
    Choice("support", N_("Direction of support"), ("支持方向",)),
    Choice("regulation", N_("Regulation"), ("法规",)),
    Choice("list", N_("List of powers and fees"), ("清单",)),
    Choice("mechanism", N_("Mechanism"), ("机制",)),
    Choice("lesson", N_("Lesson"), ("启示",)),
    Choice("consequence", N_("Consequence of a class"), ("评价后果",)),
    Choice("figure", N_("Reference figure"), ("参考数据",)),
    Choice("flagship", N_("Flagship for reference"), ("重点项目参考", "参考项目")),
)

REPORT_KINDS = (
    Choice("preliminary", N_("Preliminary report"), ("预登记", "预报")),
    Choice("complete", N_("Complete report"), ("正式首报", "首报", "正式登记")),
    Choice("correction", N_("Correction of a report"), ("更正",)),
)
"""A preliminary one lacks investor, content, planned investment, contact or source (practice.md §2)."""

CONCLUSIONS = (
    Choice("two_projects", N_("Two projects, no duplicate"), ("非重复", "两个项目", "不是重复")),
    Choice("one_project", N_("One project, joint follow-up"), ("同一项目", "协同跟进", "同一项目，协同跟进")),
    Choice("passed_on", N_("One project, passed on"), ("流转", "同一项目，流转")),
    Choice("to_clarify", N_("To be clarified"), ("待核实", "待进一步核实")),
)
TRANSFER_STATES = (
    Choice("proposed", N_("Proposed"), ("拟流转",)),
    Choice("agreed", N_("Transfer agreed"), ("已商定", "流转中")),
    Choice("taken", N_("Taken over"), ("已承接", "已流转")),
    Choice("returned", N_("Returned"), ("已退回", "退回")),
)
"""Shares count from ``agreed`` on; of what was returned nobody shares."""
