using System.Text.Json.Serialization;
using Governance.Audit.Comparisons;

namespace Governance.Audit.Equivalence;

/// <summary>What came of the equivalence battery: a parent and its variant on the same rows, line by line, judged by a policy.</summary>
/// <remarks>Differences are the variant's figure less the parent's. It holds no time: that is in the <see cref="SpeedReport"/>.</remarks>
public sealed record EquivalenceReport
{
    /// <summary>The parent.</summary>
    public required string A { get; init; }

    /// <summary>The variant.</summary>
    public required string B { get; init; }

    /// <summary>binary, multiclass or regression.</summary>
    public required string Task { get; init; }

    /// <summary>The positive class of a binary task, else null.</summary>
    public string? Positive { get; init; }

    /// <summary>The outcome that a person wants; null where none is known.</summary>
    public string? Favourable { get; init; }

    /// <summary>Rows that both were measured on.</summary>
    public required int Count { get; init; }

    /// <summary>The confidence level of all intervals.</summary>
    public required double Level { get; init; }

    /// <summary>The protected columns whose groups were looked at.</summary>
    public required IReadOnlyList<string> Protected { get; init; }

    /// <summary>Rows whose attributions were compared; 0 for none.</summary>
    public required int ExplainedRows { get; init; }

    /// <summary>Line by line, in the order of <see cref="EquivalenceTopics.All"/>; those with a limit first in each.</summary>
    public required IReadOnlyList<EquivalenceLine> Lines { get; init; }

    /// <summary>The decisions that flipped, and between which classes; null for numbers.</summary>
    public DecisionFlips? Flips { get; init; }

    /// <summary>The flips of each protected group; empty for numbers and without protected columns.</summary>
    public IReadOnlyList<GroupFlips> Groups { get; init; } = [];

    /// <summary>The worst verdict of the lines: breaches, inconclusive or meets; reported where no line has a limit.</summary>
    public LineVerdict Verdict => Worst(Lines);

    /// <summary>The lines that do not meet their limit.</summary>
    [JsonIgnore]
    public IEnumerable<EquivalenceLine> Failing => Lines.Where(line => line.Verdict is LineVerdict.Breaches or LineVerdict.Inconclusive);

    /// <summary>The worst verdict of some lines.</summary>
    public static LineVerdict Worst(IEnumerable<EquivalenceLine> lines)
    {
        HashSet<LineVerdict> verdicts = [.. lines.Select(line => line.Verdict)];
        return verdicts.Contains(LineVerdict.Breaches) ? LineVerdict.Breaches
            : verdicts.Contains(LineVerdict.Inconclusive) ? LineVerdict.Inconclusive
            : verdicts.Contains(LineVerdict.Meets) ? LineVerdict.Meets
            : LineVerdict.Reported;
    }
}
