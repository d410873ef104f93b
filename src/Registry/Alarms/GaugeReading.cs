using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Alarms;

/// <summary>What a copy made from a principal's answers is worth: the last reading of the extraction gauge.</summary>
/// <remarks>Operational and no fact: it is replaced by the next reading, and neither ledger nor triggers know it.</remarks>
public sealed record GaugeReading
{
    /// <summary>The share of <see cref="Retrain"/> from which on (inclusive) further answers need the owner's approval.</summary>
    public const double MarkShare = 0.90;

    /// <summary>The longest name of a family of copies.</summary>
    public const int MaxFamilyLength = 40;

    /// <summary>Of which model.</summary>
    public required ModelId Model { get; init; }

    /// <summary>Of which version.</summary>
    public required ModelVersionId Version { get; init; }

    /// <summary>Whose answers.</summary>
    public required UserId Principal { get; init; }

    /// <summary>Answers that the copy learned from, at least 1.</summary>
    public required int Answers { get; init; }

    /// <summary>How well the copy decides as the model does: the agreement beyond chance (Cohen's kappa), at most 1 and 0 where nothing is copied; of a value R².</summary>
    public required double Fidelity { get; init; }

    /// <summary>The low end of its 95 % interval.</summary>
    public required double Low { get; init; }

    /// <summary>The high end.</summary>
    public required double High { get; init; }

    /// <summary>The plain share of rows decided alike, in [0, 1]; of a value R² again.</summary>
    public required double Agreement { get; init; }

    /// <summary>The fidelity of a copy trained on the owner's own rows, in the same unit.</summary>
    public required double Retrain { get; init; }

    /// <summary>Rows that copies were judged on.</summary>
    public required int Judged { get; init; }

    /// <summary>What the best copy was, such as "boosted trees".</summary>
    public required string Family { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>The fidelity as a share of what retraining reaches; not negative, 0 where retraining reaches nothing.</summary>
    public double Share => Retrain > 0 ? Math.Max(0, Fidelity / Retrain) : 0;

    /// <summary>Whether further answers need the owner's approval.</summary>
    public bool Passes => Share >= MarkShare;
}
