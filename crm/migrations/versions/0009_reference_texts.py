"""What the founding document says, to be quoted (S01, S10, S11, S18, S27, S30, S34, S50, S59, S65, S69).

No amount and no name of ours: a figure is what the document says of about 2018, never a live number; heads without a
text wait for theirs.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DOCUMENT = "相城区双招双引文稿（约2018–2019年），"
NAMES = ("kind", "source", "head", "name", "text", "notes", "as_of", "sort_name")

TEXTS = """
profile|A01||相城区区位|相城区位于苏州市域地理中心，处在沪苏浙三地联动发展的核心地带，是长三角一体化国家战略和上
 海大都市圈、扬子江城市群、苏锡常都市圈等区域战略的叠加要地|||xiang1_cheng2_qu1_qu1_wei4
profile|A02||三圈一带|相城区是京津冀、长三角、珠三角和长江经济带“三圈一带”的重要节点区域|原文作“京津翼”，系
 笔误，印制时用“京津冀”||san1_quan1_yi1_dai4
profile|A03||开篇标语|昔日相土尝水地，今日枢纽中心城|||kai1_pian1_biao1_yu3
profile|A04||城市定位|一座具有国际理念、创新活力、生态特色、枢纽优势的现代化新城|||cheng2_shi4_ding4_wei4
profile|A05||产业定位|近两年，相城区确立了“以研发产业为主，配套部分高端制造业”的定位，以重大项目为抓手再造核心
 竞争力|||chan3_ye4_ding4_wei4
profile|A06||营商口号|成为长三角地区高质量发展的创新蓝海、创业热土、创客家园、创富天堂|||ying2_shang1_kou3_hao4
profile|F01||高铁枢纽|国家级高铁枢纽建设突飞猛进“，五铁并站、五轨交汇”“空、铁、轨三位一体”的现代化综合交通运
 输体系正在形成|||gao1_tie3_shu1_niu3
profile|F03||五流|成为人流、物流、资金流、信息流、技术流等高端要素和创新资源的集聚区|||wu3_liu2
goal|D01||“12345”战略目标|确立“12345”的战略目标|||12345_zhan4_lve4_mu4_biao1
goal|D02||1 总体目标|“1”是总体目标建设“苏州市域新中心”|||1_zong3_ti3_mu4_biao1
goal|D03||2 区域目标|2”是区域目标建成“产城融合样板区、长三角一体化创新发展示范区”|||2_qu1_yu4_mu4_biao1
goal|D04||3 产业方向|“3”是产业方向构建“大研发、大文化、大健康”三大未来产业|||3_chan3_ye4_fang1_xiang4
goal|D05||4 发展内涵|“4”是发展内涵建成“生态宜居中心、科技创新中心、城市枢纽中心、未来活力中心”|||4_fa1_zhan3
 _nei4_han2
goal|D06||5 五大功能片区|“5”是全域规划建设“五大功能片区”|||5_wu3_da4_gong1_neng2_pian4_qu1
policy|O11|激励政策|人才招引||||ren2_cai2_zhao1_yin3
policy|O11|激励政策|独角兽企业培育||||du2_jiao3_shou4_qi3_ye4_pei2_yu4
policy|O11|激励政策|新经济企业上市||||xin1_jing1_ji4_qi3_ye4_shang4_shi4
policy|O11|激励政策|院士工作站建设||||yuan4_shi4_gong1_zuo4_zhan4_jian4_she4
policy|O11|激励政策|科技孵化器（众创空间）管理||||ke1_ji4_fu1_hua4_qi4_zhong4_chuang4_kong1_jian1_guan3_li3
policy|O11|激励政策|科技创新奖励||||ke1_ji4_chuang4_xin1_jiang3_li4
policy|E04|规划配套政策|智能制造||||zhi4_neng2_zhi4_zao4
policy|E04|规划配套政策|企业上市||||qi3_ye4_shang4_shi4
policy|E04|规划配套政策|平台载体建设||||ping2_tai2_zai4_ti3_jian4_she4
policy|E04|规划配套政策|科技孵化器建设||||ke1_ji4_fu1_hua4_qi4_jian4_she4
support|I03|传统制造业智能化改造|技术引进||||ji4_shu4_yin3_jin4
support|I03|传统制造业智能化改造|设备投资||||she4_bei4_tou2_zi1
support|I03|传统制造业智能化改造|智能化生产线||||zhi4_neng2_hua4_sheng1_chan3_xian4
support|I03|传统制造业智能化改造|智能车间||||zhi4_neng2_che1_jian1
support|K02|企业自主创新|重大技术攻关||||zhong4_da4_ji4_shu4_gong1_guan1
support|K02|企业自主创新|智能化改造||||zhi4_neng2_hua4_gai3_zao4
support|K02|企业自主创新|创新平台建设||||chuang4_xin1_ping2_tai2_jian4_she4
support|K02|企业自主创新|高端并购||||gao1_duan1_bing4_gou4
regulation|M03||信息安全保障管理地方性法规||文稿未写明法规名称，待补录||xin4_xi1_an1_quan2_bao3_zhang4_guan3_li3
 _di4_fang1_xing4_fa3_gui1
list|O09||行政许可事项目录||||xing2_zheng4_xu3_ke3_shi4_xiang4_mu4_lu4
list|O09||政府行政权力清单||||zheng4_fu3_xing2_zheng4_quan2_li4_qing1_dan1
list|O09||专项资金管理清单||||zhuan1_xiang4_zi1_jin1_guan3_li3_qing1_dan1
list|O09||行政事业性收费目录清单||||xing2_zheng4_shi4_ye4_xing4_shou1_fei4_mu4_lu4_qing1_dan1
mechanism|O04||全科式服务|大力推行“全科式”服务，行政服务中心全面实现“三集中、三到位”，开展“一窗办理、全科服
 务”改革|||quan2_ke1_shi4_fu2_wu4
mechanism|O05||互联网+政务服务|推行“互联网+政务服务”，推动管理重心下移|||hu4_lian2_wang3_zheng4_wu4_fu2_wu4
mechanism|L03||“双招双引”联动机制|完善“双招双引”联动机制|||shuang1_zhao1_shuang1_yin3_lian2_dong4_ji1_zhi4
lesson|P01||启示之一：深入解放思想|启示之一，推进高质量发展，必须深入解放思想|||qi3_shi4_zhi1_yi1_shen1_ru4_jie3
 _fang4_si1_xiang3
lesson|P02||启示之二：坚持创新驱动|启示之二，推进高质量发展，必须坚持创新驱动|||qi3_shi4_zhi1_er4_jian1_chi2_chu
 ang4_xin1_qu1_dong4
lesson|P03||启示之三：汇聚高端要素|启示之三，推进高质量发展，必须汇聚高端要素|||qi3_shi4_zhi1_san1_hui4_ju4_gao1
 _duan1_yao4_su4
lesson|P04||启示之四：优化创新生态|启示之四，推进高质量发展，必须优化创新生态|||qi3_shi4_zhi1_si4_you1_hua4_chua
 ng4_xin1_sheng1_tai4
lesson|P05||政产学研融合生态|相城区构建政产学研融合的创新生态|||zheng4_chan3_xue2_yan2_rong2_he2_sheng1_tai4
lesson|P06||五方协同|推动政府、市场、企业、人才、资本等多方协同发力|||wu3_fang1_xie2_tong2
lesson|P07||换道超车/无人区|高质量发展没有既定路径可循，必须勇于摆脱思维定势，敢于在新坐标中创新创造，在“无人区
 ”中砥砺前行，抢占先机，赢得竞争|||huan4_dao4_chao1_che1_wu2_ren2_qu1
lesson|P08||三大变革|从根本上实现动力变革、效率变革、质量变革|||san1_da4_bian4_ge2
lesson|P09||要素乘数效应|必须以全球眼光整合创新资源，充分发挥新生产要素的乘数效应，努力形成“万类霜天竞自由”的
 创新发展局面|||yao4_su4_cheng2_shu4_xiao4_ying4
lesson|P10||破除三类障碍|必须着力破除体制性障碍、结构性矛盾、政策性问题|||po4_chu2_san1_lei4_zhang4_ai4
figure|B01||一般公共预算收入|2018年，全区实现一般公共预算收入108.5亿元||2018|yi4_ban1_gong1_gong4_yu4_suan4_shou
 1_ru4
figure|B02||一般公共预算收入同比增长|一般公共预算收入108.5亿元，同比增长20.6%||2018|yi4_ban1_gong1_gong4_yu4_sua
 n4_shou1_ru4_tong2_bi3_zeng1_zhang3
figure|B03||新增市场主体|新增市场主体15983个||2018|xin1_zeng1_shi4_chang3_zhu3_ti3
figure|B04||引进新产业项目数|引进新产业项目399个|文稿表述：近两年||yin3_jin4_xin1_chan3_ye4_xiang4_mu4_shu4
figure|B05||新产业项目总投资|引进新产业项目399个，总投资3500多亿元|文稿表述：近两年||xin1_chan3_ye4_xiang4_mu4_z
 ong3_tou2_zi1
figure|B06||落地见效新企业数|358家新企业落地见效|文稿表述：近两年||luo4_di4_jian4_xiao4_xin1_qi3_ye4_shu4
figure|C01||大数据企业数|其中大数据企业147家、工业互联网企业69家、科技金融企业152家、智能交通企业41家、先进材料
 企业49家、生物医药企业121家|文稿表述：近两年||da4_shu4_ju4_qi3_ye4_shu4
figure|C02||工业互联网企业数|其中大数据企业147家、工业互联网企业69家、科技金融企业152家、智能交通企业41家、先进
 材料企业49家、生物医药企业121家|文稿表述：近两年||gong1_ye4_hu4_lian2_wang3_qi3_ye4_shu4
figure|C03||科技金融企业数|其中大数据企业147家、工业互联网企业69家、科技金融企业152家、智能交通企业41家、先进材
 料企业49家、生物医药企业121家|文稿表述：近两年||ke1_ji4_jin1_rong2_qi3_ye4_shu4
figure|C04||智能交通企业数|其中大数据企业147家、工业互联网企业69家、科技金融企业152家、智能交通企业41家、先进材
 料企业49家、生物医药企业121家|文稿表述：近两年||zhi4_neng2_jiao1_tong1_qi3_ye4_shu4
figure|C05||先进材料企业数|其中大数据企业147家、工业互联网企业69家、科技金融企业152家、智能交通企业41家、先进材
 料企业49家、生物医药企业121家|文稿表述：近两年||xian1_jin4_cai2_liao4_qi3_ye4_shu4
figure|C06||生物医药企业数|其中大数据企业147家、工业互联网企业69家、科技金融企业152家、智能交通企业41家、先进材
 料企业49家、生物医药企业121家|文稿表述：近两年||sheng1_wu4_yi1_yao4_qi3_ye4_shu4
figure|G02||长三角国际研发社区占地|占地10平方公里的长三角国际研发社区快速崛起|文稿未注明日期||zhang3_san1_jiao3_
 guo2_ji4_yan2_fa1_she4_qu1_zhan4_di4
figure|G03||长三角国际研发社区—研发项目|长三角国际研发社区已经引进高科技研发项目500多个|文稿未注明日期||zhang3_
 san1_jiao3_guo2_ji4_yan2_fa1_she4_qu1_yan2_fa1_xiang4_mu4
figure|G04||长三角国际研发社区—人才团队|高层次人才团队80多个|文稿未注明日期||zhang3_san1_jiao3_guo2_ji4_yan2_fa
 1_she4_qu1_ren2_cai2_tuan2_dui4
figure|G05||长三角国际研发社区—创新平台|创新平台30多个|文稿未注明日期||zhang3_san1_jiao3_guo2_ji4_yan2_fa1_she4
 _qu1_chuang4_xin1_ping2_tai2
figure|H01||“散乱污”整治企业数|整治淘汰11300家“散乱污”企业|文稿未注明日期||san3_luan4_wu1_zheng3_zhi4_qi3_ye
 4_shu4
figure|H02||腾出可用土地|整治淘汰11300家“散乱污”企业，腾出可用土地6700余亩|文稿未注明日期||teng2_chu1_ke3_yong
 4_tu3_di4
figure|I01||智能化改造率|2018年规上工业企业智能化改造率超过80%||2018|zhi4_neng2_hua4_gai3_zao4_lv4
figure|K03||研发机构建有率|全区大中型工业企业和规上高新技术企业研发机构建有率达到96%|文稿未注明日期||yan2_fa1_ji
 1_gou4_jian4_you3_lv4
figure|K04||国家级企业技术中心|拥有国家级企业技术中心1个|文稿未注明日期||guo2_jia1_ji2_qi3_ye4_ji4_shu4_zhong1_x
 in1
figure|K05||省级企业技术中心|省级企业技术中心43个|文稿未注明日期||sheng3_ji2_qi3_ye4_ji4_shu4_zhong1_xin1
figure|K06||省级以上工程技术研究中心|省级以上工程技术研究中心36个|文稿未注明日期||sheng3_ji2_yi3_shang4_gong1_ch
 eng2_ji4_shu4_yan2_jiu1_zhong1_xin1
figure|K07||省级院士工作站|省级院士工作站6个|文稿未注明日期||sheng3_ji2_yuan4_shi4_gong1_zuo4_zhan4
figure|K11||科技研发载体|建成科技研发载体24个，产学研合作取得丰硕成果|文稿未注明日期||ke1_ji4_yan2_fa1_zai4_ti3
figure|N03||引进投资基金数|累计引进投资基金119支|文稿未注明日期||yin3_jin4_tou2_zi1_ji1_jin1_shu4
figure|N04||基金规模|累计引进投资基金119支，基金规模超过1100亿元|文稿未注明日期||ji1_jin1_gui1_mo2
figure|O01||不见面审批事项|668项“不见面审批”事项全部入驻网上办事大厅|文稿未注明日期||bu2_jian4_mian4_shen3_pi1
 _shi4_xiang4
figure|O02||审批环节减少|审批环节减少1/3以上|文稿未注明日期||shen3_pi1_huan2_jie2_jian3_shao3
figure|O03||即办件占比|即办件占比提高28.3%|文稿未注明日期||ji2_ban4_jian4_zhan4_bi3
figure|O06||不见面审批标准化|在全省率先发布“不见面审批”标准化体系，行政许可减少16项|文稿未注明日期||bu2_jian4_
 mian4_shen3_pi1_biao1_zhun3_hua4
figure|B01||2017年一般公共预算收入（推算）|108.5亿元÷（1＋20.6%）＝89.97亿元|推算，文稿未直接给出|2017|2017_nia
 n2_yi4_ban1_gong1_gong4_yu4_suan4_shou1_ru4_tui1_suan4
flagship|J02||中国航天科工三院306所空天材料研究院|推进中国航天科工三院306所空天材料研究院、中国计算机学会（CCF）
 业务总部和学术交流中心、江苏先进材料技术创新中心等一批前景好、技术强、价值高的项目建设|||zhong1_guo2_hang2_tian
 1_ke1_gong1_san1_yuan4306_suo3_kong1_tian1_cai2_liao4_yan2_jiu1_yuan4
flagship|J02||中国计算机学会（CCF）业务总部和学术交流中心|推进中国航天科工三院306所空天材料研究院、中国计算机学
 会（CCF）业务总部和学术交流中心、江苏先进材料技术创新中心等一批前景好、技术强、价值高的项目建设|||zhong1_guo2_j
 i4_suan4_ji1_xue2_hui4ccf_ye4_wu4_zong3_bu4_he2_xue2_shu4_jiao1_liu2_zhong1_xin1
flagship|J02||江苏先进材料技术创新中心|推进中国航天科工三院306所空天材料研究院、中国计算机学会（CCF）业务总部和
 学术交流中心、江苏先进材料技术创新中心等一批前景好、技术强、价值高的项目建设|||jiang1_su1_xian1_jin4_cai2_liao4
 _ji4_shu4_chuang4_xin1_zhong1_xin1
flagship|K01||新松机器人|引进新松机器人、京东智谷、紫光云引擎、福耀玻璃等龙头性科技大项目，打造行业标杆企业|||xi
 n1_song1_ji1_qi4_ren2
flagship|K01||京东智谷|引进新松机器人、京东智谷、紫光云引擎、福耀玻璃等龙头性科技大项目，打造行业标杆企业|||jing
 1_dong1_zhi4_gu3
flagship|K01||紫光云引擎|引进新松机器人、京东智谷、紫光云引擎、福耀玻璃等龙头性科技大项目，打造行业标杆企业|||zi
 3_guang1_yun2_yin3_qing2
flagship|K01||福耀玻璃|引进新松机器人、京东智谷、紫光云引擎、福耀玻璃等龙头性科技大项目，打造行业标杆企业|||fu2_
 yao4_bo1_li2
"""
"""A line an entry, one that begins with a blank goes on with the line above: kind, fact, head, name, what is quoted, a
note, the year it is of, the pinyin it is sorted by.
"""


def upgrade() -> None:
    """Enter the texts."""
    moment: object = datetime.now(UTC)
    if op.get_bind().dialect.name == "sqlite":
        moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    entries = TEXTS.strip("\n").replace("\n ", "").split("\n")
    rows = [_row(number, entry.split("|"), moment) for number, entry in enumerate(entries, 1)]
    op.bulk_insert(sa.table("texts", *(sa.column(name) for name in rows[0])), rows)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT setval(pg_get_serial_sequence('texts', 'id'), {len(rows)})")


def _row(number: int, told: list[str], moment: object) -> dict[str, object]:
    """Return an entry under a fixed uid: the same on every machine."""
    row: dict[str, object] = {name: value or None for name, value in zip(NAMES, told, strict=True)}
    year = row["as_of"]
    row |= {
        "as_of": f'"{year}"' if year else None,
        "as_of_low": int(f"{year}0101") if year else None,
        "as_of_high": int(f"{year}1231") if year else None,
        "sort_name": told[-1].replace("_", " "),
    }
    uid = f"01900000-0000-7000-8020-{number:012x}"
    keys = {"id": number, "uid": uid, "version": 1, "created_at": moment, "updated_at": moment}
    return {**row, **keys, "code": f"WB-{number:03d}", "source": DOCUMENT + told[1]}
