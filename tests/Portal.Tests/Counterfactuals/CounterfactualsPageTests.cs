using AngleSharp.Html.Dom;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Portal.Features.Counterfactuals;
using Microsoft.Extensions.Primitives;

namespace Governance.Portal.Tests.Counterfactuals;

[Collection(PortalTests.Name)]
public sealed class CounterfactualsPageTests(SamplePortal portal)
{
    private const string Page = "/models/hmda_biased/versions/1/counterfactuals";

    [Fact]
    public void Protected_columns_do_not_change_unless_the_person_says_so()
    {
        Table table = new([new NumberColumn("income", [1]), TextColumn.Of("race", ["a"]), TextColumn.Of("sex", ["f"]), TextColumn.Of("job", ["x"])]);
        Dictionary<string, StringValues> query = new() { ["m2"] = "any", ["lo0"] = "-3", ["m3"] = "up" };
        string[] columns = ["income", "race", "sex", "job"];

        IReadOnlyList<ConstraintRow> rows = ConstraintRow.Read(
            table, columns, name => query.GetValueOrDefault(name), new HashSet<string> { "race", "sex" }, new HashSet<string> { "sex" });
        ActionConstraints constraints = ConstraintRow.Constraints(rows, 2);

        Assert.Equal(["any", "no", "no", "up"], rows.Select(row => row.Move));
        Assert.Equal([false, false, true, false], rows.Select(row => row.IsLocked));
        Assert.Equal(-3, constraints.Columns["income"].Min);
        Assert.True(constraints.Columns["sex"].Immutable);
        Assert.Equal(2, constraints.MaxChanges);
    }

    [Fact]
    public async Task The_editor_offers_each_column_that_the_person_may_read()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync(Page);

        Assert.Equal("any", Assert.IsAssignableFrom<IHtmlSelectElement>(page.QuerySelector("select[aria-label='May pirat change']")).Value);
        Assert.Null(page.QuerySelector("select[aria-label='May afam change']"));
        Assert.Contains("no: masked for your role", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#ways"));
    }

    [Fact]
    public async Task A_case_is_answered_in_a_sentence_with_its_changes()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync($"{Page}?go=1&n=2&k=3&target=yes");

        Assert.StartsWith("The model would answer 'yes' if", page.QuerySelector("#ways")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("It is no promise", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.QuerySelectorAll("section[aria-labelledby=ways] tbody th"), head => head.TextContent is "afam" or "single");
    }

    [Fact]
    public async Task Who_may_not_read_protected_attributes_cannot_free_them()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");

        IHtmlDocument page = await carl.GetAsync($"{Page}?go=1&target=yes&m10=any&m11=any");

        Assert.Null(page.QuerySelector("select[aria-label='May afam change']"));
        Assert.DoesNotContain(page.QuerySelectorAll("section[aria-labelledby=ways] tbody th"), head => head.TextContent is "afam" or "single");
    }

    [Fact]
    public async Task A_limit_that_is_no_number_is_refused_in_a_sentence()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync($"{Page}?go=1&lo0=much");

        Assert.Contains("The limit 'much' of pirat is no number.", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_sees_no_single_case()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");

        IHtmlDocument page = await aude.GetAsync(Page);

        Assert.Contains("Your role does not see single cases", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Effects_and_importance_are_for_who_may_run_audits()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");
        using SignedInClient otto = await portal.SignInAsync("otto");

        Assert.Contains("Your role does not compute", (await aude.GetAsync("/models/hmda_biased/versions/1/effects")).Body!.TextContent, StringComparison.Ordinal);
        IHtmlDocument page = await otto.GetAsync("/models/hmda_biased/versions/1/effects?a=pirat&kind=ice");
        Assert.Contains("Asking the model", page.Body!.TextContent, StringComparison.Ordinal);
    }
}
