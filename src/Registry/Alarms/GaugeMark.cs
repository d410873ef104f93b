using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Alarms;

/// <summary>That somebody's answers are enough to rebuild a model nearly as well as its owner could. Written once a model and principal.</summary>
/// <remarks>From then on further answers need the owner's approval (<see cref="GaugeDecision"/>). It is no accusation: an honest heavy user comes here too.</remarks>
public sealed class GaugeMark : IFact, IAppendOnly
{
    /// <summary>Puts a mark on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">Which model.</param>
    /// <param name="version">The version whose answers passed.</param>
    /// <param name="principal">Whose answers.</param>
    /// <param name="answers">How many.</param>
    /// <param name="fidelity">Of the copy; see <see cref="GaugeReading.Fidelity"/>.</param>
    /// <param name="low">The low end of its 95 % interval.</param>
    /// <param name="high">The high end.</param>
    /// <param name="retrain">What retraining reaches.</param>
    /// <param name="judged">Rows that copies were judged on.</param>
    /// <param name="family">What the copy was.</param>
    /// <param name="markedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The family has no name.</exception>
    public GaugeMark(
        GaugeMarkId id, ModelId model, ModelVersionId version, UserId principal, int answers, double fidelity, double low, double high,
        double retrain, int judged, string family, DateTimeOffset markedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(family);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(family.Length, GaugeReading.MaxFamilyLength, nameof(family));
        Id = id;
        Model = model;
        Version = version;
        Principal = principal;
        Answers = answers;
        Fidelity = fidelity;
        Low = low;
        High = high;
        Retrain = retrain;
        Judged = judged;
        Family = family;
        MarkedAt = markedAt;
    }

    public GaugeMarkId Id { get; private init; }

    public ModelId Model { get; private init; }

    public ModelVersionId Version { get; private init; }

    public UserId Principal { get; private init; }

    public int Answers { get; private init; }

    public double Fidelity { get; private init; }

    public double Low { get; private init; }

    public double High { get; private init; }

    public double Retrain { get; private init; }

    public int Judged { get; private init; }

    public string Family { get; private init; }

    public DateTimeOffset MarkedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.GaugeMark, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["version"] = Version.ToString(),
        ["principal"] = Principal.ToString(),
        ["answers"] = Answers,
        ["fidelity"] = Fidelity,
        ["low"] = Low,
        ["high"] = High,
        ["retrain"] = Retrain,
        ["judged"] = Judged,
        ["family"] = Family,
        ["markedAt"] = Microseconds.Iso(MarkedAt),
    };
}
