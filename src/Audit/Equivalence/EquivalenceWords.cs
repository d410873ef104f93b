using Governance.Audit.Findings;

namespace Governance.Audit.Equivalence;

/// <summary>Lines of the battery in plain words. Pure.</summary>
public static class EquivalenceWords
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["flips"] = "share of rows decided otherwise",
        ["selection_rate"] = "share of favourable decisions",
        ["cohort_accuracy"] = "accuracy in the cohort that lost most",
        ["rmse_rise"] = "root mean squared error",
        ["mae_rise"] = "mean absolute error",
        ["cohort_error_rise"] = "mean absolute error in the cohort that lost most",
        ["rank_correlation"] = "rank correlation of attributions within a row",
        ["top_features"] = "share of the most important features named by both",
        ["ndcg"] = "agreement of the order of features (nDCG)",
        ["sign_changes"] = "share of the most important attributions with another sign",
        ["disturbed_accuracy"] = "accuracy with disturbed inputs",
        ["disturbed_error_rise"] = "mean absolute error with disturbed inputs",
        ["size_ratio"] = "size of the file",
        ["p95_ratio"] = "95th percentile of the time of an answer",
        ["load_ratio"] = "time to load",
        ["memory_ratio"] = "memory while loaded",
    };

    /// <summary>What a line's name is called in sentences.</summary>
    public static string Name(string name) => Names.GetValueOrDefault(name) ?? MetricWords.Of(name);

    /// <summary>Whom a line is of: all rows, a group, a cohort, a kind of disturbance.</summary>
    public static string Whom(EquivalenceLine line) => line switch
    {
        { Group: not null } => $"{line.Attribute} = {line.Group}",
        { Where: not null } => line.Where,
        _ => "all rows",
    };

    /// <summary>The line with its sentence.</summary>
    public static EquivalenceLine Told(EquivalenceLine line) => line with { Sentence = Sentence(line) };

    /// <summary>Verdict as a person reads it.</summary>
    public static string Verdict(LineVerdict verdict) => verdict switch
    {
        LineVerdict.Meets => "meets",
        LineVerdict.Breaches => "breaches",
        LineVerdict.Inconclusive => "inconclusive",
        LineVerdict.NotApplicable => "not applicable",
        _ => "reported",
    };

    private static string Sentence(EquivalenceLine line)
    {
        string name = Name(line.Name);
        string subject = char.ToUpperInvariant(name[0]) + name[1..] + Of(line);
        if (line.Verdict == LineVerdict.NotApplicable)
        {
            return $"{subject}: {line.Reason}";
        }

        if (line.Difference is not double difference)
        {
            return $"{subject} cannot be stated: {line.Reason ?? "it is undefined for one of the two."}{Limit(line)}";
        }

        string interval = line.Interval is null ? "" : $" [{Number(line, line.Interval[0])}, {Number(line, line.Interval[1])}]";
        string figures = line is { A: double a, B: double b }
            ? $"{subject} is {PlainNumbers.Value(a)} in the parent and {PlainNumbers.Value(b)} in the variant, {Moved(line, difference)}{interval}"
            : $"{subject} is {PlainNumbers.Value(difference)}{interval}";
        return $"{figures}, n = {PlainNumbers.Count(line.N)}.{(line.Reason is null ? "" : $" {line.Reason}")}{Limit(line)}";
    }

    private static string Of(EquivalenceLine line) => line switch
    {
        { Group: not null } => $" of the group {line.Attribute} = {line.Group}",
        { Topic: EquivalenceTopics.Robustness, Where: not null } => $" ({line.Where})",
        { Where: not null } => $" (where {line.Where})",
        _ => "",
    };

    private static string Moved(EquivalenceLine line, double difference) =>
        line.Name.EndsWith("_ratio", StringComparison.Ordinal) ? $"{PlainNumbers.Value(difference)} times as much"
        : line.Name.EndsWith("_rise", StringComparison.Ordinal) ? $"a change by {PlainNumbers.Signed(difference)} times the parent's"
        : $"a change of {PlainNumbers.Signed(difference)}";

    private static string Number(EquivalenceLine line, double value) =>
        line is { A: not null } && !line.Name.EndsWith("_ratio", StringComparison.Ordinal) ? PlainNumbers.Signed(value) : PlainNumbers.Value(value);

    private static string Limit(EquivalenceLine line)
    {
        if (line.Limit is null)
        {
            return "";
        }

        string limit = (line.AtLeast, line.AtMost) switch
        {
            (double least, double most) => $"{PlainNumbers.Limit(least)} to {PlainNumbers.Limit(most)}",
            (double least, null) => $"at least {PlainNumbers.Limit(least)}",
            (null, double most) => $"at most {PlainNumbers.Limit(most)}",
            _ => "",
        };
        return line.Verdict switch
        {
            LineVerdict.Meets => $" It meets the limit of {limit}.",
            LineVerdict.Breaches => $" It breaches the limit of {limit}.",
            LineVerdict.Inconclusive when limit.Length == 0 => " So the limit of the policy stays open.",
            LineVerdict.Inconclusive when line.NeededN is long needed && needed > line.N => $" It is inconclusive against the limit of {limit}: about {PlainNumbers.Count(needed)} rows would decide.",
            _ => $" It is inconclusive against the limit of {limit}.",
        };
    }
}
