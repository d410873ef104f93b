using Governance.Audit.Data;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Cohorts;

[Collection(PortalTests.Name)]
public sealed class ReadCohortTests(SamplePortal portal)
{
    [Fact]
    public async Task A_condition_over_data_and_what_the_model_said_gives_its_rows_and_their_share()
    {
        (CohortView cohort, _) = await ReadAsync("dev", "pirat > 0.3 and @score >= 0.1 and (@error = 'no' or lvrat > 0.8)");

        Assert.True(cohort.Ready, cohort.Refusal);
        Table table = cohort.Scored!.Table;
        int[] expected = [.. Enumerable.Range(0, table.Rows).Where(row =>
            table.Need("pirat").Number(row) > 0.3 && table.Need("@score").Number(row) >= 0.1
            && (table.Need("@actual").Text(row) == table.Need("@predicted").Text(row) || table.Need("lvrat").Number(row) > 0.8))];
        Assert.Equal(expected, cohort.Rows);
        Assert.Equal(table.Rows, cohort.All);
        Assert.Equal(table.Rows, cohort.Rows.Concat(cohort.Complement()).Distinct().Count());
    }

    [Fact]
    public async Task No_condition_is_all_rows_and_scores_nothing()
    {
        (CohortView cohort, int rows) = await ReadAsync("aude", " ");

        Assert.True(cohort is { IsWhole: true, Ready: true, Scored: null });
        Assert.Equal(rows, cohort.Rows.Length);
    }

    [Theory]
    [InlineData("dev", "afam = 'yes'", "masked")]
    [InlineData("carl", "pirat > 0.3 or not single = 'no'", "masked")]
    [InlineData("aude", "pirat > 0.3", "Your role does not compute")]
    [InlineData("dev", "pirat >", "position 8")]
    [InlineData("dev", "nothing = 1", "no column 'nothing'")]
    [InlineData("dev", "@residual > 1", "predict a number")]
    [InlineData("dev", "pirat > 1000", "No row")]
    [InlineData("dev", "pirat > 0.9", "fewer than 10")]
    public async Task What_may_not_or_cannot_be_shown_is_a_sentence(string user, string where, string words)
    {
        (CohortView cohort, _) = await ReadAsync(user, where);

        Assert.False(cohort.Ready);
        Assert.Empty(cohort.Rows);
        Assert.Contains(words, cohort.Refusal, StringComparison.Ordinal);
    }

    // Two parts that differ by a handful of persons: the second is not shown, and what was shown stays shown.
    [Fact]
    public async Task A_part_that_would_tell_of_a_handful_by_its_difference_is_not_shown()
    {
        CohortView every = (await ReadAsync("cora", "pirat is not missing")).Cohort;
        double[] ratios = [.. ((NumberColumn)every.Scored!.Table.Need("pirat")).Values.ToArray().Order()];
        string first = Invariant($"pirat <= {ratios[299]:R}");
        string second = Invariant($"pirat <= {ratios.First(ratio => ratio > ratios[299]):R}");

        (CohortView shown, _) = await ReadAsync("cora", first);
        (CohortView next, _) = await ReadAsync("cora", second);
        (CohortView again, _) = await ReadAsync("cora", first);

        Assert.True(shown.Ready && again.Ready, shown.Refusal ?? again.Refusal);
        Assert.Contains("shown before", next.Refusal, StringComparison.Ordinal);
    }

    // A score is another one with another model: what is remembered are the rows, not the words.
    [Fact]
    public async Task Parts_by_score_are_remembered_by_their_rows_over_models()
    {
        (CohortView fair, _) = await ReadAsync("carl", "@score >= 0.12", "hmda_fair");
        int[] others = (await ReadAsync("carl", "@score >= 0.12", "hmda_biased")).Cohort.Rows;

        Assert.True(fair.Ready, fair.Refusal);
        Assert.NotEqual(fair.Rows, others);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private async Task<(CohortView Cohort, int Rows)> ReadAsync(string user, string where, string model = "hmda_fair")
    {
        VersionView view = (await portal.Services.GetRequiredService<ReadVersion>().FindAsync(model, 1, portal[user], default))!;
        SealedFindings shown = (await portal.Services.GetRequiredService<ReadFindings>().ChooseAsync(view, null, _ => true, default))!;
        CohortView cohort = await portal.Services.GetRequiredService<ReadCohort>().OfAsync(view, shown.Document, where, TimeSpan.FromMinutes(1), default);
        return (cohort, (int)shown.Document.Data[0].Rows);
    }
}
