using System.Text.Json.Serialization;
using Governance.Audit.Comparisons;
using Governance.Audit.Equivalence;

namespace Governance.Portal.Features.Comparisons;

/// <summary>What <c>governance compare --battery</c>, <c>governance battery</c> and the API tell of a battery: both halves of the battery, the judged one and the one by the clock.</summary>
internal sealed record BatteryAnswer
{
    /// <summary>The parent.</summary>
    public required string A { get; init; }

    /// <summary>The variant.</summary>
    public required string B { get; init; }

    /// <summary>The pack that judged, such as "default 3".</summary>
    public required string Policy { get; init; }

    /// <summary>binary, multiclass or regression.</summary>
    public required string Task { get; init; }

    /// <summary>Rows.</summary>
    public required int Count { get; init; }

    /// <summary>The level of all intervals.</summary>
    public required double Level { get; init; }

    /// <summary>The worst of all lines.</summary>
    public required LineVerdict Verdict { get; init; }

    /// <summary>Line by line, those by the clock last.</summary>
    public required IReadOnlyList<EquivalenceLine> Metrics { get; init; }

    /// <summary>Decisions that flipped; null for numbers.</summary>
    public DecisionFlips? Flips { get; init; }

    /// <summary>Flips of each protected group.</summary>
    public required IReadOnlyList<GroupFlips> Groups { get; init; }

    /// <summary>Times and memory, measured in turn; null where the run record lacks them.</summary>
    public required SpeedReport? Speed { get; init; }

    /// <summary>The lines that do not meet their limit.</summary>
    [JsonIgnore]
    public IEnumerable<EquivalenceLine> Failing => Metrics.Where(line => line.Verdict is LineVerdict.Breaches or LineVerdict.Inconclusive);

    /// <summary>1 where a limit is breached, and where one is inconclusive if that is asked for; else 0.</summary>
    public int ExitCode(bool strict) => Verdict == LineVerdict.Breaches || (strict && Verdict == LineVerdict.Inconclusive) ? 1 : 0;

    /// <summary>Puts both halves together.</summary>
    /// <param name="report">What is judged.</param>
    /// <param name="speed">What was timed; null where that is not known.</param>
    /// <param name="policy">The pack that judged, such as "default 3".</param>
    public static BatteryAnswer Of(EquivalenceReport report, SpeedReport? speed, string policy)
    {
        EquivalenceLine[] lines = [.. report.Lines, .. speed?.Lines ?? []];
        return new BatteryAnswer
        {
            A = report.A,
            B = report.B,
            Policy = policy,
            Task = report.Task,
            Count = report.Count,
            Level = report.Level,
            Verdict = EquivalenceReport.Worst(lines),
            Metrics = lines,
            Flips = report.Flips,
            Groups = report.Groups,
            Speed = speed,
        };
    }
}
