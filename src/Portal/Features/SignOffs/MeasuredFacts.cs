using System.Globalization;
using Governance.Audit.Serving;
using Governance.Registry.Policies;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Lines of the checklist judged from what the product measured or recorded beside findings. Pure.</summary>
/// <remarks>A fact that is not there yet has no verdict, and its words say how it gets there.</remarks>
internal static class MeasuredFacts
{
    // Of numbers of 32 bits, as another size of batch may give.
    private const double Rounding = 1e-6;

    private static readonly ChecklistFact NoDecisions = new(null, "Not applicable: the model predicts a number and decides nothing by itself.");

    /// <summary>Latency, throughput and capacity: both kinds of numbers have to be there; no pack sets a limit on them.</summary>
    public static ChecklistFact Capacity(ChecklistMeasures measures)
    {
        string bulk = measures.Bulk is { } run
            ? Text($"A sealed run scored {run.Rows:N0} rows at {run.Rows / run.Seconds:N0} rows a second ({run.Machine}, threads: {run.Threads}).")
            : "No sealed run says how fast it scored.";
        string served = measures.Served is { } latency
            ? Text($"{latency.Answers:N0} answers {latency.Since}: half within {Milliseconds(latency.MedianMs)}, 95 % within {Milliseconds(latency.P95Ms)}.")
            : "Latency was not measured yet: ask the version for predictions, its Serving tab measures them.";
        return new ChecklistFact(measures.Bulk is null || measures.Served is null ? null : GateVerdict.Meets, $"{bulk} {served}");
    }

    /// <summary>Whether what was decided can be scored again identically.</summary>
    /// <param name="measures">What was measured.</param>
    /// <param name="asked">How many rows the policy asks for; null for no number.</param>
    public static ChecklistFact ReScoring(ChecklistMeasures measures, double? asked)
    {
        if (measures.Logged is { } logged)
        {
            return Logged(logged, asked);
        }

        if (measures.Rescored is not [RescoredRun latest, ..])
        {
            return new ChecklistFact(null, "No sealed evidence of this version was computed again yet: open an item on the Evidence tab and ask for it.");
        }

        string what = Text($"'{latest.Title}' was computed again on {SignOffWords.Day(latest.At)} over {latest.Rows:N0} rows");
        if (!latest.BitEqual)
        {
            string largest = latest.Largest is double most ? Text($", numbers by up to {most:0.###e+0}") : "";
            return new ChecklistFact(GateVerdict.Breaches, Text($"{what}: {latest.Differences:N0} {(latest.Differences == 1 ? "value differs" : "values differ")}{largest}."));
        }

        return asked is double least && latest.Rows < least
            ? new ChecklistFact(GateVerdict.Inconclusive, Text($"{what}, bit for bit the same; the policy asks for {least:N0} rows."))
            : new ChecklistFact(GateVerdict.Meets, $"{what}, bit for bit the same.");
    }

    // What was answered and logged counts before what evidence says of other rows.
    private static ChecklistFact Logged(RescoredAnswers logged, double? asked)
    {
        string what = Text($"{logged.Rows:N0} logged answers of {SignOffWords.Day(logged.From)} to {SignOffWords.Day(logged.To)} were scored again");
        if (logged.OtherDecisions > 0 || logged.LargestDifference > 0)
        {
            string decisions = logged.OtherDecisions == 0 ? "the same decisions" : Text($"{logged.OtherDecisions:N0} other {(logged.OtherDecisions == 1 ? "decision" : "decisions")}");
            string scores = logged.LargestDifference == 0 ? "the same scores"
                : double.IsFinite(logged.LargestDifference) ? Text($"scores that differ by up to {logged.LargestDifference:0.###e+0}") : "scores of classes that it does not have";
            bool rounding = logged.OtherDecisions == 0 && logged.LargestDifference <= Rounding;
            return new ChecklistFact(rounding ? GateVerdict.Inconclusive : GateVerdict.Breaches, $"{what}: {decisions}, {scores}.");
        }

        return asked is double least && logged.Rows < least
            ? new ChecklistFact(GateVerdict.Inconclusive, Text($"{what}: the same decisions, bit for bit the same scores; the policy asks for {least:N0}."))
            : new ChecklistFact(GateVerdict.Meets, $"{what}: the same decisions, bit for bit the same scores.");
    }

    /// <summary>Whether a plan of monitors watches each live deployment.</summary>
    public static ChecklistFact Monitoring(ChecklistMeasures measures, Stage stage)
    {
        if (measures.Deployments.Count == 0)
        {
            return new ChecklistFact(null, stage.IsApproved()
                ? "Not applicable until it is deployed: an operator deploys it, and then assigns a plan of monitors."
                : "Not applicable before approval: only an approved version is deployed, and a plan of monitors watches a deployment.");
        }

        WatchedDeployment[] bare = [.. measures.Deployments.Where(each => each.Plan is null)];
        return bare.Length > 0
            ? new ChecklistFact(GateVerdict.Breaches, $"No plan of monitors watches {List(bare.Select(each => $"{each.Environment} ({each.Role})"))}: an operator assigns one.")
            : new ChecklistFact(GateVerdict.Meets, $"{List(measures.Deployments.Select(each => $"'{each.Plan}' watches {each.Environment} ({each.Role})"))}.");
    }

    /// <summary>Where the version stands among the model's versions that were measured on the same data.</summary>
    public static ChecklistFact Frontier(ChecklistMeasures measures)
    {
        if (measures.PredictsNumbers)
        {
            return NoDecisions;
        }

        if (measures.Candidates is not [FrontierCandidate own, _, ..])
        {
            return new ChecklistFact(null, "No alternative of this model was measured on the same data: Mitigation computes some and registers one, and an audit measures it.");
        }

        FrontierCandidate[] others = [.. measures.Candidates.Skip(1)];
        FrontierCandidate[] better = [.. others.Where(other => other.Dominates(own))];
        string among = Text($"{measures.Candidates.Count} versions were measured on the same data; this one has {Point(own)}.");
        if (better.Length > 0)
        {
            return new ChecklistFact(GateVerdict.Inconclusive,
                $"{among} {List(better.Select(other => $"{other.Label} is at least as good in both ({Point(other)})"))}.");
        }

        FrontierCandidate[] fairer = [.. others.Where(other => other.Disparity < own.Disparity)];
        return new ChecklistFact(GateVerdict.Meets, fairer.Length == 0
            ? $"{among} None has less disparity."
            : $"{among} It lies on the frontier: {List(fairer.Select(other => other.Label))} with less disparity {(fairer.Length == 1 ? "scores" : "score")} lower.");
    }

    /// <summary>Whether people can be told why a decision went against them.</summary>
    public static ChecklistFact ReasonCodes(ChecklistMeasures measures)
    {
        if (measures.PredictsNumbers)
        {
            return NoDecisions;
        }

        if (measures.Reasons is not { } reasons)
        {
            return new ChecklistFact(null, "No sealed explanation says why single cases were decided as they were: an audit with explained rows does.");
        }

        if (reasons.Against == 0)
        {
            return new ChecklistFact(null, Text($"None of {reasons.Explained:N0} explained cases was decided against a person; explain more rows."));
        }

        string words = Text($"Of {reasons.Against:N0} explained cases decided against a person, {reasons.WithReason:N0} have a reason beyond its uncertainty.");
        return new ChecklistFact(reasons.WithReason == reasons.Against ? GateVerdict.Meets : GateVerdict.Inconclusive, words);
    }

    private static string Point(FrontierCandidate candidate) => Text($"score {candidate.Score:0.####}, disparity {candidate.Disparity:0.####}");

    private static string Milliseconds(double value) => Text($"{value:0.##} ms");

    private static string List(IEnumerable<string> parts) => string.Join("; ", parts);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
