using System.Text;
using AngleSharp.Html.Dom;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Registrations;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Comparisons;

[Collection(PortalTests.Name)]
public sealed class ComparePageTests(SamplePortal portal)
{
    private const string Compared = "/models/hmda_fair/comparisons?a=hmda_biased/1&b=hmda_fair/1&data=hmda-test&go=1";

    [Fact]
    public async Task The_model_page_leads_to_a_form_and_the_form_to_a_comparison()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument model = await dev.GetAsync("/models/hmda_fair");
        IHtmlDocument form = await dev.GetAsync("/models/hmda_fair/comparisons");
        IHtmlDocument page = await dev.GetAsync("/models/hmda_fair/comparisons?a=hmda_biased/1&b=hmda_fair/1&data=hmda-test&go=1");

        Assert.NotNull(model.QuerySelector("a[href='/models/hmda_fair/comparisons']"));
        Assert.Equal("hmda_fair/1", Assert.IsAssignableFrom<IHtmlSelectElement>(form.QuerySelector("#b")).Value);
        Assert.Null(form.QuerySelector("#differences"));
        Assert.Equal("hmda_biased v1 against hmda_fair v1", page.QuerySelector("#differences")!.TextContent);
        Assert.Contains("rows are decided differently", page.QuerySelector("#flips")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("section[aria-labelledby=flips] th[scope=row]"), head => head.TextContent == "afam = yes");
        Assert.Contains(page.QuerySelectorAll("section[aria-labelledby=differences] th[scope=row]"), head => head.TextContent == "ROC AUC");
    }

    [Fact]
    public async Task A_comparison_says_its_finding_and_draws_scores_groups_features_and_calibrations_with_their_tables()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync(Compared);

        Assert.StartsWith("hmda_fair v1 is ", page.QuerySelector("p.finding")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("are decided differently", page.QuerySelector("p.finding")!.TextContent, StringComparison.Ordinal);
        string[] plots = [.. page.QuerySelectorAll("gov-plot").Select(plot => plot.GetAttribute("name")!)];
        Assert.Equal(["differences", "scores", "shift", "calibrations", "group-shifts", "group-slopes", "attributions"], plots);
        Assert.All(page.QuerySelectorAll("figure.plot"), plot => Assert.NotEmpty(plot.QuerySelectorAll(".twin tbody tr")));
        Assert.Contains("nDCG", page.QuerySelector("section[aria-labelledby=features] figure h3")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No latency to compare", page.QuerySelector("section[aria-labelledby=features]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/models/hmda_fair/versions/1/sign-off", page.QuerySelector("section[aria-labelledby=decide] a.primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_conclusion_is_written_below_and_its_link_restores_the_comparison()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");

        IHtmlDocument after = await carl.SubmitAsync(Compared, "#comment-text", ("text", "We take the fair one: it costs little. @rita"));

        string link = after.QuerySelector("#comments .thread li header a")!.GetAttribute("href")!;
        using SignedInClient rita = await portal.SignInAsync("rita");
        IHtmlDocument read = await rita.GetAsync(link);
        Assert.Equal("hmda_biased v1 against hmda_fair v1", read.QuerySelector("#differences")!.TextContent);
        Assert.Contains("We take the fair one", read.QuerySelector("#comments")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_the_rows_is_compared_and_masked_columns_name_no_part()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument part = await dev.GetAsync(Compared + "&cohort=" + Uri.EscapeDataString("pirat > 0.3"));
        IHtmlDocument masked = await dev.GetAsync(Compared + "&cohort=" + Uri.EscapeDataString("afam = 'yes'"));
        IHtmlDocument wrong = await dev.GetAsync(Compared + "&cohort=" + Uri.EscapeDataString("pirat >"));

        Assert.Contains("Computed now on the", part.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(part.QuerySelector("#differences"));
        Assert.Contains("masked for your role", masked.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Null(masked.QuerySelector("#differences"));
        Assert.NotNull(wrong.QuerySelector(".note[role=alert]"));
    }

    [Fact]
    public async Task A_part_by_score_is_what_the_second_version_said()
    {
        const string Where = "@score >= 0.12";
        using SignedInClient carl = await portal.SignInAsync("carl");
        VersionView second = (await portal.Services.GetRequiredService<ReadVersion>().FindAsync("hmda_fair", 1, portal["carl"], default))!;
        SealedFindings shown = (await portal.Services.GetRequiredService<ReadFindings>().ChooseAsync(second, null, _ => true, default))!;
        int expected = (await portal.Services.GetRequiredService<ScoredVersions>().OfAsync(second, shown.Document, default)).Rows(Where).Length;

        IHtmlDocument part = await carl.GetAsync(Compared + "&cohort=" + Uri.EscapeDataString(Where));
        IHtmlDocument none = await carl.GetAsync(Compared.Replace("hmda-test", "hmda-train", StringComparison.Ordinal) + "&cohort=" + Uri.EscapeDataString(Where));

        Assert.Contains($"the {PlainNumbers.Count(expected)} rows where", part.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(part.QuerySelector("#differences"));
        Assert.Contains("once it has evidence on 'hmda-train'", none.QuerySelector(".note[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_without_a_label_tell_how_far_two_versions_agree_and_not_which_is_right()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Reference.Repository, "samples", "hmda", "test.csv"));
        string csv = string.Join('\n', lines.Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])); // the first column is the label
        Assert.IsType<RegisterDatasetOutcome.Registered>(await portal.Services.GetRequiredService<AdmitDataset>().RunAsync(
            Actor.Person(portal["dev"]), "hmda-unlabelled", "Applications not yet decided", Encoding.UTF8.GetBytes(csv),
            table => [.. table.Columns.Select(column => new DatasetColumn(
                column.Name, column is NumberColumn ? ColumnKind.Numeric : ColumnKind.Categorical, column.Name == "afam" ? ColumnRole.Protected : ColumnRole.Feature))],
            null, null, default));
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument labelled = await rita.GetAsync(Compared);
        IHtmlDocument page = await rita.GetAsync(Compared.Replace("hmda-test", "hmda-unlabelled", StringComparison.Ordinal));

        Assert.Contains(page.QuerySelectorAll("#data option"), option => option.TextContent == "hmda-unlabelled (no label)");
        Assert.EndsWith("No label says which version is right.", page.QuerySelector("p.finding")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("kappa", page.QuerySelector("p.finding")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(labelled.QuerySelector("#flips")!.TextContent, page.QuerySelector("#flips")!.TextContent); // the same rows, decided by the same versions
        string[] plots = [.. page.QuerySelectorAll("gov-plot").Select(plot => plot.GetAttribute("name")!)];
        Assert.Equal(["scores", "shift", "group-shifts", "group-slopes", "attributions"], plots);
        Assert.DoesNotContain(page.QuerySelectorAll("th"), head => head.TextContent.StartsWith("Right", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_condition_is_built_where_the_second_version_has_evidence_on_the_data_and_a_saved_one_is_offered()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        const string Where = "hirat > 0.31";
        await rita.SubmitAsync($"/models/hmda_fair/cohorts?save={Uri.EscapeDataString(Where)}", "#cohort-name", ("Form.Name", "High housing ratios"));

        IHtmlDocument page = await rita.GetAsync(Compared);
        IHtmlDocument train = await rita.GetAsync(Compared.Replace("hmda-test", "hmda-train", StringComparison.Ordinal));

        Assert.NotNull(page.QuerySelector("#cohort-builder"));
        Assert.Null(train.QuerySelector("#cohort-builder")); // what it said of those rows nobody knows
        string link = page.QuerySelectorAll(".saved-list a").Single(each => each.TextContent == "High housing ratios").GetAttribute("href")!;
        Assert.Contains($"cohort={Uri.EscapeDataString(Where)}", link, StringComparison.Ordinal);
        Assert.Contains("Saved as High housing ratios", (await rita.GetAsync(link)).QuerySelector(".saved-menu summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consumer_sees_no_comparison() =>
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await StatusAsync("coen"));

    private async Task<System.Net.HttpStatusCode> StatusAsync(string user)
    {
        using SignedInClient client = await portal.SignInAsync(user);
        return await client.StatusAsync("/models/hmda_fair/comparisons");
    }
}
