using Governance.Audit.Cases;
using Governance.Audit.WhatIf;
using Governance.Portal.Features.Cases;
using Governance.Portal.Features.WhatIf;

namespace Governance.Portal.Tests.Cases;

public sealed class CaseQueryTests
{
    [Fact]
    public void What_an_address_says_is_read_back_from_it()
    {
        Guid evidence = Guid.CreateVersion7();
        CaseQuery query = CaseQuery.Read(evidence, "pirat > 0.3 and mhist = '2'", "near", "yes", "alike", "force", "own:chist", "yes");
        Dictionary<string, string> fields = query.Fields.ToDictionary(word => word.Name, word => word.Value);

        Assert.Equal(query, CaseQuery.Read(
            Guid.Parse(fields["evidence"]), fields["cohort"], fields["pick"], fields["decision"], fields["show"], fields["plot"], fields["reference"], fields["class"]));
        Assert.Equal(new CaseReference(CaseReferenceKind.OwnGroup, "chist"), query.Reference);
    }

    [Fact]
    public void What_it_does_not_know_stays_at_its_default_and_is_left_out()
    {
        CaseQuery query = CaseQuery.Read(null, " ", "sideways", "", "nothing", "pie", "row:3", null);

        Assert.Equal(new CaseQuery(), query);
        Assert.Empty(query.Fields);
    }

    [Fact]
    public void Edits_of_a_row_stand_in_a_link_whatever_their_letters()
    {
        EditableColumn[] columns = [new("a;b", "1", false) { Low = 0, High = 2, Step = 1 }, new("c=d", "x", false) { Levels = ["x", "y;z"] }, new("masked", null, true)];
        Dictionary<string, string> cells = new() { ["c=d"] = "y;z", ["a;b"] = "2" };

        string link = WhatIfLink.Write(cells);

        Assert.True(WhatIfLink.Same(cells, WhatIfLink.Read(link, columns)));
        Assert.Empty(WhatIfLink.Read("masked=1;nobody=2;;=3", columns));
        Assert.Empty(WhatIfLink.Read(null, columns));
    }
}
