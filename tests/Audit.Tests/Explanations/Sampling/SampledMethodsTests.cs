using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Explanations.Sampling;

/// <summary>The methods kernel and permutation as a run sees them.</summary>
public sealed class SampledMethodsTests
{
    [Theory]
    [InlineData("kernel", null)]
    [InlineData("kernel", 0.02)]
    [InlineData("permutation", null)]
    [InlineData("permutation", 0.05)]
    public void Threads_do_not_change_a_byte(string method, double? width)
    {
        ExplainRequest request = Request(12, 3) with { Method = method, Samples = 600, UntilWidth = width, Seed = 5 };

        Assert.Equal(Json(request with { Threads = 1 }), Json(request with { Threads = 2 }));
    }

    [Theory]
    [InlineData("kernel", 300)]
    [InlineData("permutation", 300)]
    [InlineData("kernel", 142)]
    public void More_than_64_players_add_up_within_the_budget(string method, int samples)
    {
        ExplanationReport report = Run(Request(70, 2) with { Method = method, Samples = samples });

        Assert.InRange(report.Evaluations, 1, 2 * samples);
        Assert.All(report.Rows, row => Assert.All(row.AdditivityResidual, residual => Assert.Equal(0, residual, 1e-10)));
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("permutation")]
    public void Stops_at_the_width_asked_for_and_says_where_it_was_not_reached(string method)
    {
        ExplainRequest request = Request(12, 3) with { Method = method };
        ExplanationReport wide = Run(request with { UntilWidth = 0.1 });
        ExplanationReport narrow = Run(request with { UntilWidth = 1e-9, Samples = 500 });

        Assert.True(wide.Converged);
        Assert.All(wide.Rows.SelectMany(row => row.Interval!).SelectMany(output => output), ends => Assert.InRange(ends[1] - ends[0], 0, 0.1));
        Assert.False(narrow.Converged);
        Assert.InRange(narrow.Evaluations, 1300, 1500);
    }

    [Theory]
    [InlineData("kernel", 26, "26 samples are too few")]
    [InlineData("permutation", 24, "24 samples are too few")]
    public void Gives_no_interval_where_none_is_known_and_says_so(string method, int samples, string words)
    {
        AttributionTask task = new(Request(12, 2) with { Method = method, Samples = samples }, TimeProvider.System);

        AttributionResult result = AttributionMethods.Find(method)!.Run(task, null, CancellationToken.None);

        Assert.All(result.Rows, row => Assert.Null(row.Interval));
        Assert.Contains(result.Notes, note => note.Message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kernel", 12, 25, "at least 26")]
    [InlineData("permutation", 12, 23, "need 24")]
    public void Refuses_a_budget_that_is_too_small(string method, int players, int samples, string words)
    {
        InputException refusal = Assert.Throws<InputException>(() => Run(Request(players, 1) with { Method = method, Samples = samples }));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private static ExplainRequest Request(int width, int rows) => new()
    {
        Model = (batch, _) => Given.Bent(batch),
        Outputs = 2,
        Output = "y",
        Rows = Given.RandomRows(rows, width, 21),
        Background = Given.RandomRows(6, width, 22),
        Players = Player.OfElements(Given.RandomRows(1, width, 1), null),
    };

    private static ExplanationReport Run(ExplainRequest request) => ExplainRows.Run(request, null, TimeProvider.System, CancellationToken.None);

    private static string Json(ExplainRequest request) => JsonSerializer.Serialize(Run(request) with { Seconds = null, Estimate = null }, ReportJson.Options);
}
