using System.Globalization;

namespace Governance.Audit.Candidates;

/// <summary>What a candidate may need; null for no limit.</summary>
/// <param name="Milliseconds">The most that 95 of 100 answers may take.</param>
/// <param name="Bytes">The most that its file may have.</param>
public sealed record CandidateBudget(double? Milliseconds, double? Bytes)
{
    /// <summary>The key of the metric "95 of 100 answers take at most so many milliseconds".</summary>
    public const string Latency = "latency_p95";

    /// <summary>The key of the metric "bytes of the file".</summary>
    public const string Size = "size";

    /// <summary>Why a candidate is left out, one sentence; null where it is within the budget.</summary>
    public string? Refusal(Candidate candidate) =>
        Over(candidate, Latency, Milliseconds, "P95 latency", "ms") ?? Over(candidate, Size, Bytes, "size", "bytes");

    private static string? Over(Candidate candidate, string key, double? limit, string title, string unit) =>
        limit is not double most ? null
        : !candidate.Figures.TryGetValue(key, out CandidateFigure? figure) ? $"Its {title} is not known, so nobody can say that it is within {Number(most)} {unit}."
        : figure.Value > most ? $"Its {title} of {Number(figure.Value)} {unit} is over {Number(most)}."
        : null;

    // Milliseconds may be small; bytes are whole.
    private static string Number(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
