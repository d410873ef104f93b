using AngleSharp.Dom;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Versions;
using Governance.Portal.Tests.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Cohorts;

/// <summary>The builder: a text in, a text out, and what its fields offer to whom.</summary>
[Collection(PortalTests.Name)]
public sealed class ConditionBuilderTests(SamplePortal portal)
{
    private static readonly OfferedColumn[] Columns =
    [
        new("@error", ColumnOrigin.Model, false, ["no", "yes"], null), new("income", ColumnOrigin.Data, true, [], (0, 120)),
        new("town", ColumnOrigin.Data, false, [], null), new("sex", ColumnOrigin.Group, false, ["f", "m"], null),
    ];

    [Theory]
    [InlineData("income >= 50")]
    [InlineData("income between 10 and 20 and not (sex = 'f' or @error = 'yes')")]
    [InlineData("not (town in ('Rome', 'it''s') or income is missing) and sex != 'm'")]
    [InlineData("not (income > 5)")]
    [InlineData("zip = 007 and (income < 1 or (sex is not missing and income not in (1, 2.50)))")]
    public void A_text_that_is_opened_and_closed_stays_the_same(string text)
    {
        CohortPart tree = Cohort.Parse(text).Tree;

        Assert.Equal(CohortText.Of(tree), CohortText.Of(DraftGroup.Whole(tree).Finish()!));
    }

    [Fact]
    public async Task Conditions_are_built_by_choosing_and_typing()
    {
        DraftGroup whole = DraftGroup.Whole(null);
        using ComponentHost host = await RenderAsync(whole);

        await host.ClickAsync("button", "Add condition to the whole condition");
        await host.ChangeAsync("combobox", "Column of condition 1", "income");
        await host.ChangeAsync("combobox", "Comparison of condition 1", nameof(CohortSign.Between));
        await TypeAsync(host, "Lower end of condition 1", "10");
        Assert.Null(whole.Finish()); // the upper end is not there yet
        await TypeAsync(host, "Upper end of condition 1", "20.5");
        await host.ClickAsync("button", "Add group to the whole condition");
        await host.ChangeAsync("combobox", "Column of condition 2.1", "@error");
        await host.ChangeAsync("combobox", "Value of condition 2.1", "yes");
        await host.ClickAsync("button", "Add condition to group 2");
        await host.ChangeAsync("combobox", "Column of condition 2.2", "town");
        await host.ChangeAsync("combobox", "Comparison of condition 2.2", nameof(CohortSign.In));
        await host.ChangeAsync("textbox", "Values of condition 2.2, one a line", "Rome\nit's\n12");
        await host.ChangeAsync("checkbox", "not group 2", true);

        Assert.Equal("income between 10 and 20.5 and not (@error = 'yes' or town in ('Rome', 'it''s', '12'))", CohortText.Of(whole.Finish()!));
        Assert.Equal(0, whole.Incomplete);
    }

    [Fact]
    public async Task Levels_are_ticked_and_a_condition_that_lacks_something_is_left_out()
    {
        DraftGroup whole = DraftGroup.Whole(Cohort.Parse("sex in ('f') and income > 3").Tree);
        using ComponentHost host = await RenderAsync(whole);

        await host.ChangeAsync("checkbox", "m", true);
        await TypeAsync(host, "Value of condition 2", "much");
        Assert.Equal("sex in ('f', 'm')", CohortText.Of(whole.Finish()!));
        Assert.Equal(1, whole.Incomplete);
        Assert.Equal("true", host.ByRole("textbox", "Value of condition 2").GetAttribute("aria-invalid"));

        await host.ClickAsync("button", "Remove condition 2");
        await host.ChangeAsync("checkbox", "f", false);
        await host.ChangeAsync("checkbox", "m", false);
        Assert.Null(whole.Finish());
    }

    // What the text names is kept, even if the builder would not offer it.
    [Fact]
    public async Task A_column_that_is_not_offered_stays_and_says_so()
    {
        DraftGroup whole = DraftGroup.Whole(Cohort.Parse("secret = 'x'").Tree);
        using ComponentHost host = await RenderAsync(whole);

        Assert.Contains("secret, not offered", host.Text, StringComparison.Ordinal);
        await host.ChangeAsync("checkbox", "not condition 1", true);
        Assert.Equal("not secret = 'x'", CohortText.Of(whole.Finish()!));
    }

    // Whoever sees no personal cells is offered no masked column, no level of few rows and no range.
    [Theory]
    [InlineData("rita")]
    [InlineData("carl")]
    [InlineData("dev")]
    public async Task Only_what_a_person_may_name_is_offered(string user)
    {
        VersionView view = (await portal.Services.GetRequiredService<ReadVersion>().FindAsync("hmda_biased", 1, portal[user], default))!;
        SealedFindings shown = (await portal.Services.GetRequiredService<ReadFindings>().ChooseAsync(view, null, _ => true, default))!;
        ScoredRows rows = await portal.Services.GetRequiredService<ScoredVersions>().OfAsync(view, shown.Document, _ => { }, default);
        Governance.Audit.Privacy.RowMask mask = (await portal.Services.GetRequiredService<ReadRows>().MaskAsync(view, shown.Document, default))!;
        const int Fewest = 10;

        IReadOnlyList<OfferedColumn> offered = OfferedColumn.Of(rows, shown.Document.Options, mask, Fewest);

        Assert.True(view.Viewer.MaskProtected);
        Assert.Contains(offered, column => column.Name == "@score" && column is { Origin: ColumnOrigin.Model, IsNumber: true });
        Assert.DoesNotContain(offered, column => mask.Hides(column.Name) || column.Range is not null);
        ReadCohort cohorts = portal.Services.GetRequiredService<ReadCohort>();
        foreach (OfferedColumn column in offered)
        {
            Assert.Null(await cohorts.RefusalAsync(view, shown.Document, $"{CohortText.Column(column.Name)} is missing", default));
            Assert.All(column.Levels, level => Assert.True(rows.Rows(CohortText.Of(
                new CohortRule(column.Name, CohortSign.Equal, [column.Value(level)]))).Length >= Fewest));
        }
    }

    [Fact]
    public async Task Everything_is_offered_to_whom_nothing_is_masked_with_the_range_of_numbers()
    {
        VersionView view = (await portal.Services.GetRequiredService<ReadVersion>().FindAsync("hmda_biased", 1, portal["rita"], default))!;
        SealedFindings shown = (await portal.Services.GetRequiredService<ReadFindings>().ChooseAsync(view, null, _ => true, default))!;
        ScoredRows rows = await portal.Services.GetRequiredService<ScoredVersions>().OfAsync(view, shown.Document, default);

        IReadOnlyList<OfferedColumn> offered = OfferedColumn.Of(rows, shown.Document.Options, Governance.Audit.Privacy.RowMask.Of(view.PersonalRows, []), 1);

        Assert.Equal(rows.Data.Columns.Select(column => column.Name).Order(), offered.Where(column => column.Origin != ColumnOrigin.Model).Select(column => column.Name).Order());
        Assert.Equal(["@score", "@predicted", "@actual", "@error", "@outcome"], offered.Where(column => column.Origin == ColumnOrigin.Model).Select(column => column.Name));
        double[] ratios = [.. ((NumberColumn)rows.Data.Need("pirat")).Values.ToArray()];
        Assert.Equal((ratios.Min(), ratios.Max()), offered.Single(column => column.Name == "pirat").Range);
        Assert.Contains(offered, column => column is { Name: "afam", Origin: ColumnOrigin.Group, Levels.Count: 2 });
    }

    [Fact]
    public void The_focus_goes_to_what_was_added_and_stays_near_what_was_removed()
    {
        DraftGroup whole = DraftGroup.Whole(Cohort.Parse("a = 1 and b = 2").Tree);
        DraftRule added = new();
        whole.Add(added);
        Assert.True(added.WantsFocus);

        whole.Remove(added);
        Assert.True(whole.Parts[1].WantsFocus);
        whole.Remove(whole.Parts[1]);
        whole.Remove(whole.Parts[0]);
        Assert.True(whole.WantsFocus);
    }

    private static Task<ComponentHost> RenderAsync(DraftGroup whole) => ComponentHost.Create().RenderAsync<BuilderGroup>(
        (nameof(BuilderGroup.Group), whole), (nameof(BuilderGroup.Columns), Columns));

    private static Task TypeAsync(ComponentHost host, string name, string text)
    {
        IElement field = host.ByRole("textbox", name);
        return host.SendAsync(field, "oninput", new ChangeEventArgs { Value = text });
    }
}
