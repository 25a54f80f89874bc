//! Owns the words of the page `data`, and of the grid it is made of.

words! {
    title: "数据", "資料", "Data";
    lead: "计划本身的数字，不含情景里的措施。", "計劃本身的數字，不含情境裡的措施。", "The plan’s own numbers, without the measures of any scenario.";
    people: "人数", "人數", "Heads";
    projection: "人口推算", "人口推算", "Projection";
    money: "收入与财力", "收入與財力", "Revenue and money";
    lists: "地区与人群", "地區與人群", "Regions and populations";
    settings: "计划与引用", "計劃與引用", "Plan and citations";

    // People
    population: "人群", "人群", "Population";
    populations: "人群", "人群", "Populations";
    all_populations: "全部人群", "全部人群", "All populations";
    all_populations_in: "{0} 年秋季人数", "{0} 年秋季人數", "Heads in autumn {0}";
    autumn: "秋季", "秋季", "Autumn";
    counted: "实有", "實有", "Counted";
    projected: "推算", "推算", "Projected";
    share_of: "占「{0}」的比例", "占「{0}」的比例", "Share of “{0}”";
    all_alike: "各地区共同", "各地區共同", "All regions alike";
    how_overview: "实有人数可改；推算数按现状算出，不能直接改。", "實有人數可改；推算數按現狀算出，不能直接改。", "Counted heads can be typed; projected ones are computed under the status quo.";
    how_counted: "最后一次实有人数之后，按年增长率推算。「各地区共同」一行适用于没有单独填写的地区（灰色为沿用）。", "最後一次實有人數之後，按年增長率推算。「各地區共同」一列適用於沒有單獨填寫的地區（灰色為沿用）。", "After the last census, heads grow at the yearly rate. The row “All regions alike” holds where a region has no rate of its own (grey: follows).";
    how_share: "人数 =「{0}」× 占比。「各地区共同」一行适用于没有单独填写的地区（灰色为沿用）。", "人數 =「{0}」× 占比。「各地區共同」一列適用於沒有單獨填寫的地區（灰色為沿用）。", "Heads = “{0}” × share. The row “All regions alike” holds where a region has no share of its own (grey: follows).";
    how_cohort: "按年级推算，这里是各年级合计；到「人口推算」填写各年级。", "按年級推算，這裡是各年級合計；到「人口推算」填寫各年級。", "Projected by grade; these are the sums. Grades are typed under “Projection”.";
    to_projection: "推算办法与各年级", "推算辦法與各年級", "How it is projected";
    add_census: "添加实有年份", "加入實有年份", "Add a year counted";
    census_to_remove: "要删除的年份", "要刪除的年份", "Year to remove";
    remove_census: "删除 {0} 年实有数", "刪除 {0} 年實有數", "Remove the count of {0}";
    no_population: "计划还没有人群。先添加一个，如「小学在校生」，再填各地区人数。", "計劃還沒有人群。先加入一個，如「小學在校生」，再填各地區人數。", "The plan has no population yet. Add one, such as “Primary pupils”, then type its heads by region.";
    to_lists: "添加人群", "加入人群", "Add a population";

    // Dates
    dated_number: "哪一项", "哪一項", "Which number";
    other_from: "从哪个学期起另填", "從哪個學期起另填", "Another value from";
    add_date: "加一列", "加一欄", "Add a column";
    date_to_remove: "要去掉的列", "要去掉的欄", "Column to remove";
    remove_date: "去掉 {0} 一列", "去掉 {0} 一欄", "Remove the column {0}";

    // Where numbers come from
    basis: "依据", "依據", "Basis";
    basis_kind: "来历", "來歷", "How it is known";
    citation: "出处", "出處", "Citation";
    citations: "出处", "出處", "Citations";
    no_citation: "无", "無", "none";
    new_citation: "新出处", "新出處", "New citation";
    note: "备注", "備註", "Note";
    counts_of: "{0} · 实有人数", "{0} · 實有人數", "{0} · heads counted";
    no_basis: "选一格可填的数，这里显示并修改它的依据。", "選一格可填的數，這裡顯示並修改它的依據。", "Choose a cell that can be typed to see and change where its number comes from.";
    basis_rule: "依据属于整组数。手工改数后自动记为“录入”并注明原来的依据；确有出处的，在这里改回。", "依據屬於整組數。手工改數後自動記為「錄入」並註明原來的依據；確有出處的，在這裡改回。", "A basis holds for the whole set of numbers. Changing a number by hand makes it “entered” and notes what it was; where it does have a source, say so here.";
    changed_by_hand: "原为“{0}”，已手工修改", "原為「{0}」，已手工修改", "was “{0}”, changed by hand";
    citations_hint: "删除出处前会说明有多少个数用到它。", "刪除出處前會說明有多少個數用到它。", "Before one is removed you are told how many numbers rest on it.";
    used_by: "{0} 处引用", "{0} 處引用", "used by {0}";

    // Projection
    projection_hint: "现状下各年秋季人数。", "現狀下各年秋季人數。", "Heads each autumn under the status quo.";
    course: "逐年人数", "逐年人數", "Heads year by year";
    heads: "人数（人）", "人數（人）", "Heads (people)";
    how_known: "来源", "來源", "Known by";
    kind: "推算办法", "推算辦法", "How heads are known";
    kind_counted: "实有数 + 年增长率", "實有數 + 年增長率", "Counted, then growth";
    kind_share: "占另一人群的比例", "占另一人群的比例", "Share of another";
    kind_cohort: "按年级推算", "按年級推算", "By grade";
    to_counted: "将改为逐年实有数加年增长率：保留现有人数（按年级的逐年合计），增长率从 0 开始；占比或年级参数不再使用，针对它们的措施须先删除。", "將改為逐年實有數加年增長率：保留現有人數（按年級的逐年合計），增長率從 0 開始；占比或年級參數不再使用，針對它們的措施須先刪除。", "Heads will be counted and grow: those there are stay (grades are added up), growth starts at 0. Shares and numbers by grade are dropped; measures that move them must go first.";
    to_share: "将改为按比例：以起始年两者之比为占比，分地区填好，起始年人数不变；之后随那个人群变化。原来的实有数、增长率或年级参数不再使用。", "將改為按比例：以起始年兩者之比為占比，分地區填好，起始年人數不變；之後隨那個人群變化。原來的實有數、增長率或年級參數不再使用。", "Heads will be a share of another population: the present ratio in each region, so that the first autumn stays; then they follow it. Counts, growth or numbers by grade are dropped.";
    to_cohort: "将改为按年级推算：起始年人数先平均分到各年级，标为示例，请换成各年级实有数；升级率 100%，招生数等于一年级人数。原来的增长率或占比不再使用。", "將改為按年級推算：起始年人數先平均分到各年級，標為示例，請換成各年級實有數；升級率 100%，招生數等於一年級人數。原來的增長率或占比不再使用。", "Heads will be projected by grade: those of the first autumn are spread evenly over the grades, marked illustrative until you type real ones; all go on, and as many enter as are in grade 1. Growth or share is dropped.";
    switch_kind: "改用这个办法", "改用這個辦法", "Change to this";
    start_counted: "由推算数转为实有数", "由推算數轉為實有數", "taken from the projection";
    start_share: "按起始年两者之比算出", "按起始年兩者之比算出", "the ratio in the first autumn";
    start_grades: "按总数平均分到各年级，请换成实有数", "按總數平均分到各年級，請換成實有數", "the total spread evenly over grades; replace by real counts";
    by_grade: "各年级人数", "各年級人數", "Heads by grade";
    grade: "{0} 年级", "{0} 年級", "Grade {0}";
    grade_head: "年级", "年級", "Grade";
    city_sums: "全市合计；选一个地区可填实有数", "全市合計；選一個地區可填實有數", "City sums; choose a region to type counts";
    who_enters: "谁进一年级", "誰進一年級", "Who enters grade 1";
    who_enters_hint: "每年秋季进入一年级的人。", "每年秋季進入一年級的人。", "Those who enter grade 1 each autumn.";
    entry: "来自", "來自", "From";
    entry_given: "给定招生数", "給定招生數", "A given intake";
    entry_births: "出生人数", "出生人數", "Births";
    entry_leavers: "「{0}」毕业升学", "「{0}」畢業升學", "Leavers of “{0}”";
    entry_part: "「{0}」毕业升学中的一部分（分流）", "「{0}」畢業升學中的一部分（分流）", "A part of the leavers of “{0}”";
    entry_rest: "升学但不进「{0}」的", "升學但不進「{0}」的", "Those who go on but not to “{0}”";
    entry_rest_says: "人数由另一人群的升学率和分流比例决定，这里没有要填的数。", "人數由另一人群的升學率和分流比例決定，這裡沒有要填的數。", "Settled by the transfer rate and division of another population; nothing to type here.";
    births: "出生人数", "出生人數", "Births";
    add_births: "添加出生年份", "加入出生年份", "Add a year of births";
    who_goes_on: "升级与流动", "升級與流動", "Who goes on, who comes";
    progression: "升级率", "升級率", "Progression";
    migration: "净流入", "淨流入", "Net migration";
    estimated: "历年估计", "歷年估計", "Estimated";
    adopt_estimates: "采用历年估计的升级率", "採用歷年估計的升級率", "Use the estimated progression";
    no_estimate: "有相邻两年的各年级实有数时，这里会给出升级率的估计。", "有相鄰兩年的各年級實有數時，這裡會給出升級率的估計。", "With counts by grade of two autumns in a row, an estimate of progression appears here.";

    // Money
    sources: "资金来源", "資金來源", "Sources";
    sources_hint: "谁出钱，出自哪个账户。", "誰出錢，出自哪個帳戶。", "Who pays, out of which account.";
    no_source: "还没有资金来源。添加一个，如「县级财政」。", "還沒有資金來源。加入一個，如「縣級財政」。", "No source yet. Add one, such as “County budget”.";
    add_source: "添加资金来源", "加入資金來源", "Add a source";
    payer: "出资方", "出資方", "Payer";
    account: "账户", "帳戶", "Account";
    how_money: "每列从所写学期起适用。「各地区共同」一行适用于没有单独填写的地区（灰色为沿用）。", "每欄從所寫學期起適用。「各地區共同」一列適用於沒有單獨填寫的地區（灰色為沿用）。", "A column holds from its semester on. The row “All regions alike” holds where a region has no number of its own (grey: follows).";
    how_money_years: "每列是一个财政年度的全年数。填一年只改这一年，其他年份不动；要让后面的年份跟着变，选中它们按 Delete。「各地区共同」一行适用于没有单独填写的地区（灰色为沿用）。", "每欄是一個財政年度的全年數。填一年只改這一年，其他年份不動；要讓後面的年份跟著變，選取它們按 Delete。「各地區共同」一列適用於沒有單獨填寫的地區（灰色為沿用）。", "A column is a whole fiscal year. Typing a year changes that year alone; to let later years follow it, select them and press Delete. The row “All regions alike” holds where a region has no number of its own (grey: follows).";
    by_semester: "按学期", "按學期", "By semester";
    growth_from: "{0} 年起", "{0} 年起", "from {0}";
    other_growth_from: "从哪一年起另填增长率", "從哪一年起另填增長率", "Another growth from";
    halves: "有的年份春、秋两学期不同，表中是全年数（两学期平均）：{0}。在这样的格里填数，两学期都改为该数；要分开填，打开「按学期」。", "有的年份春、秋兩學期不同，表中是全年數（兩學期平均）：{0}。在這樣的格裡填數，兩學期都改為該數；要分開填，開啟「按學期」。", "Some years have different amounts in spring and autumn; the table shows the year, which is their mean: {0}. Typing there gives both semesters that amount; switch on “By semester” to keep them apart.";
    halves_of: "{0} {1} 年春 {2}、秋 {3}", "{0} {1} 年春 {2}、秋 {3}", "{0} {1}: spring {2}, autumn {3}";
    has_revenue: "填写收入", "填寫收入", "States revenue";
    carries_over: "结余转下年", "結餘轉下年", "Carries over";
    available_revenue: "等于收入（没有收入则不限）", "等於收入（沒有收入則不限）", "The revenue, or unknown";
    available_city: "全市统一", "全市統一", "One sum for the city";
    available_regions: "分地区", "分地區", "By region";
    available_each_year: "各年可用（推算）", "各年可用（推算）", "Available each year (computed)";
    no_money: "这个来源没有填写收入或可用财力，因此不算缺口。打开「填写收入」，或选择可用财力的范围。", "這個來源沒有填寫收入或可用財力，因此不算缺口。開啟「填寫收入」，或選擇可用財力的範圍。", "This source states neither revenue nor available money, so it has no gap. Switch on “States revenue”, or choose how its money is available.";

    // Regions and populations
    regions_hint: "改名、学制、次序（Alt+↑ ↓），删除前会说明影响。", "改名、學制、次序（Alt+↑ ↓），刪除前會說明影響。", "Rename, school system, order (Alt+↑ ↓); before removal you are told what goes too.";
    populations_hint: "改名、学段、次序（Alt+↑ ↓），删除前会说明影响。", "改名、學段、次序（Alt+↑ ↓），刪除前會說明影響。", "Rename, stage, order (Alt+↑ ↓); before removal you are told what goes too.";
    no_population_yet: "还没有人群。", "還沒有人群。", "No population yet.";
    name_of: "名称：{0}", "名稱：{0}", "Name: {0}";
    system: "学制", "學制", "School system";
    six_three: "六三制", "六三制", "6 + 3 years";
    five_four: "五四制", "五四制", "5 + 4 years";
    stage: "学段", "學段", "Stage";
    stage_preschool: "学前", "學前", "Preschool";
    stage_primary: "小学", "小學", "Primary";
    stage_junior: "初中", "初中", "Junior secondary";
    stage_senior: "普通高中", "普通高中", "Senior secondary";
    stage_vocational: "中等职业", "中等職業", "Vocational";
    stage_special: "特殊教育", "特殊教育", "Special";
    stage_tertiary: "高等教育", "高等教育", "Tertiary";
    add: "添加", "加入", "Add";
    add_regions: "添加地区（可粘贴名单，一行一个）", "加入地區（可貼上名單，一行一個）", "Add regions (paste a list, one a line)";
    regions_added: "已添加 {0} 个；{1} 个名称已有，未重复添加。", "已加入 {0} 個；{1} 個名稱已有，未重複加入。", "Added: {0}; names already there, not added again: {1}.";
    add_population: "添加人群", "加入人群", "Add a population";

    // Removing
    remove_thing: "删除「{0}」？", "刪除「{0}」？", "Remove “{0}”?";
    goes_things: "一并删除（{0} 项）：", "一併刪除（{0} 項）：", "Goes with it ({0}):";
    goes_changes: "措施中的改动（{0} 处）一并删除，措施本身保留：", "措施中的改動（{0} 處）一併刪除，措施本身保留：", "Changes in measures that go ({0}); the measures stay:";
    goes_numbers: "另有 {0} 个填写的数一并删除或失去引用。", "另有 {0} 個填寫的數一併刪除或失去引用。", "Numbers that go, or lose their citation: {0}.";
    goes_alone: "没有别的内容依赖它。", "沒有別的內容依賴它。", "Nothing else depends on it.";
    undo_brings_back: "删除后可撤销，全部恢复。", "刪除後可復原，全部恢復。", "Undo brings all of it back.";
    remove: "删除", "刪除", "Remove";
    keep: "不改", "不改", "Leave it";
    programme: "项目", "項目", "Programme";
    school: "学校", "學校", "School";
    resource: "办学条件", "辦學條件", "Resource";
    indicator: "指标", "指標", "Indicator";
    rule: "校核", "校核", "Rule";
    task: "任务", "任務", "Task";

    // The plan
    the_plan: "计划", "計劃", "The plan";
    plan_title: "计划名称", "計劃名稱", "Title";
    plan_place: "所在市（各地区合计的名称）", "所在市（各地區合計的名稱）", "City (what the regions add up to)";
    first_year: "首个财政年度", "首個財政年度", "First fiscal year";
    how_many_years: "年数（1–30）", "年數（1–30）", "Years (1–30)";
    wrong_years: "首年应为 1900 到 2200，年数 1 到 30。", "首年應為 1900 到 2200，年數 1 到 30。", "The first year must be from 1900 to 2200, and 1 to 30 years.";
    years_hint: "财政年度为公历年：春季学期用上年秋季人数。每个实有人群要有首年前一年秋季或更早的人数。", "財政年度為公曆年：春季學期用上年秋季人數。每個實有人群要有首年前一年秋季或更早的人數。", "A fiscal year is a calendar year: its spring is taught to the heads of the autumn before. Every counted population needs a count of the autumn before the first year, or earlier.";

    // The grid
    grid_help: "方向键移动，直接输入即替换，F2 或双击修改，Enter 下移、Tab 右移，Esc 取消；Shift 加方向键选区；Ctrl+C、Ctrl+V 与 Excel、WPS 互相复制，Delete 清除。", "方向鍵移動，直接輸入即取代，F2 或按兩下修改，Enter 下移、Tab 右移，Esc 取消；Shift 加方向鍵選取範圍；Ctrl+C、Ctrl+V 與 Excel、WPS 互相複製，Delete 清除。", "Arrow keys move; typing replaces; F2 or a double click edits; Enter goes down and Tab right while typing; Esc cancels; Shift with arrows selects; Ctrl+C and Ctrl+V exchange with Excel or WPS; Delete clears.";
    grid_taken: "已填 {0} 格", "已填 {0} 格", "Cells filled: {0}";
    grid_not_taken: "{0} 格没有填入", "{0} 格沒有填入", "Cells not taken: {0}";
    grid_computed: "{0} 格是推算数，不能填，已跳过", "{0} 格是推算數，不能填，已略過", "Computed cells left as they are: {0}";
    computed_by_growth: "「{0}」这一年没有实有数，是由前一年按增长率推算的，不能直接填。", "「{0}」這一年沒有實有數，是由前一年按增長率推算的，不能直接填。", "“{0}” has no count in that year: it is projected from the year before by growth and cannot be typed.";
    computed_by_share: "「{0}」是按占「{1}」的比例推算的，不能直接填。", "「{0}」是按占「{1}」的比例推算的，不能直接填。", "“{0}” is computed as a share of “{1}” and cannot be typed.";
    computed_by_grade: "「{0}」是按年级推算的，不能直接填。", "「{0}」是按年級推算的，不能直接填。", "“{0}” is projected by grade and cannot be typed.";
    make_counted_says: "可以改为实有人数：其余各年、各地区保留现在推算的人数，填入你给的数。一步完成，可以撤销。", "可以改為實有人數：其餘各年、各地區保留現在推算的人數，填入你給的數。一步完成，可以復原。", "It can be counted instead: other years and regions keep the heads computed now, and your numbers go in. This is one step, and undo takes it back.";
    make_counted: "改为实有人数，填入 {0} 格", "改為實有人數，填入 {0} 格", "Make it counted and fill cells: {0}";
    grid_nowhere: "{0} 格在这里不能填（全市统一的钱只填第一行）", "{0} 格在這裡不能填（全市統一的錢只填第一列）", "Cells that take no number here (money of the whole city goes into the first row): {0}";
    grid_cut: "{0} 个数超出表格，没有粘贴", "{0} 個數超出表格，沒有貼上", "Numbers beyond the grid, not pasted: {0}";
    grid_unknown: "表里没有：{0}", "表裡沒有：{0}", "Not in this table: {0}";
    grid_sums: "合计行 {0} 行不必填，表里自动加总", "合計列 {0} 列不必填，表裡自動加總", "Rows of sums, added up here: {0}";
    paste_words: "没有粘贴任何数：这张表里没有「{0}」。请在打开的导入预览里说明每一列、每一行是什么。", "沒有貼上任何數：這張表裡沒有「{0}」。請在開啟的匯入預覽裡說明每一欄、每一列是什麼。", "Nothing was pasted: this table has no “{0}”. Say in the preview that opened what each column and row means.";
    paste_no_head: "没有粘贴任何数：有一列没有表头。请在打开的导入预览里说明它是什么。", "沒有貼上任何數：有一欄沒有表頭。請在開啟的匯入預覽裡說明它是什麼。", "Nothing was pasted: a column has no head. Say in the preview that opened what it means.";
    paste_twice: "没有粘贴任何数：「{0}」出现了两次。请在打开的导入预览里选择。", "沒有貼上任何數：「{0}」出現了兩次。請在開啟的匯入預覽裡選擇。", "Nothing was pasted: “{0}” stands there twice. Choose in the preview that opened.";
    paste_years: "没有粘贴任何数：里面像有年份，分不清是表头还是数。请连同地区名称一起复制，或者只复制数字。", "沒有貼上任何數：裡面像有年份，分不清是表頭還是數。請連同地區名稱一起複製，或者只複製數字。", "Nothing was pasted: some of it looks like years, which may be heads or numbers. Copy the names of regions too, or the numbers alone.";
    paste_running: "没有粘贴任何数：第一列像是序号。请连同地区名称一起复制，或者只复制数字。", "沒有貼上任何數：第一欄像是序號。請連同地區名稱一起複製，或者只複製數字。", "Nothing was pasted: the first column looks like running numbers. Copy the names of regions too, or the numbers alone.";
    grid_more: "另有 {0} 格", "另有 {0} 格", "and {0} more";
    grid_out_of_bounds: "应在 {0} 到 {1} 之间。", "應在 {0} 到 {1} 之間。", "Must be from {0} to {1}.";
    grid_followed: "沿用的数，键入即单独填写", "沿用的數，鍵入即單獨填寫", "Follows from elsewhere; type to give this cell its own";
    grid_halves: "全年数：春、秋两学期不同，这里是平均数；填数后两学期都为该数", "全年數：春、秋兩學期不同，這裡是平均數；填數後兩學期都為該數", "The year: spring and autumn differ, this is their mean; typing gives both that amount";
    grid_is_computed: "推算数，不能直接改", "推算數，不能直接改", "Computed: cannot be typed";
}
