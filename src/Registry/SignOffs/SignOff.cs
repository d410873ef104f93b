using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>One person's review of, or decision on, one version. Written once, never changed.</summary>
/// <remarks>
/// Changing one's mind is a new sign-off: whether a version is approved follows from all sign-offs of its round
/// (see <see cref="SignOffPolicy"/>), so no decision is ever overwritten.
/// </remarks>
public sealed class SignOff : IFact, IAppendOnly
{
    /// <summary>Records what <paramref name="person"/> said.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">The version looked at.</param>
    /// <param name="round">The version's round of submission, from 1.</param>
    /// <param name="seenVersion">The digest of the version that they saw.</param>
    /// <param name="seenEvidence">The root of the evidence that they saw; with other evidence the sign-off is stale.</param>
    /// <param name="person">Who.</param>
    /// <param name="kind">Review or decision.</param>
    /// <param name="verdict">What they said; fits the kind.</param>
    /// <param name="rationale">Why: the digest of a <see cref="PersonalText"/>.</param>
    /// <param name="conditions">Under which conditions, likewise; present exactly for an approval with conditions.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The verdict does not fit the kind, or conditions lack or are too many.</exception>
    public SignOff(
        SignOffId id, ModelVersionId version, int round, FactDigest seenVersion, FactDigest seenEvidence, UserId person,
        SignOffKind kind, Verdict verdict, FactDigest rationale, FactDigest? conditions, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(round, 1);
        if (!verdict.Fits(kind))
        {
            throw new ArgumentException($"A {kind} cannot say {verdict}.", nameof(verdict));
        }

        if (conditions is null == (verdict == Verdict.ApproveWithConditions))
        {
            throw new ArgumentException("Conditions belong to an approval with conditions, and only there.", nameof(conditions));
        }

        Id = id;
        Version = version;
        Round = round;
        SeenVersion = seenVersion;
        SeenEvidence = seenEvidence;
        Person = person;
        Kind = kind;
        Verdict = verdict;
        Rationale = rationale;
        Conditions = conditions;
        At = at;
    }

    public SignOffId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public int Round { get; private init; }

    public FactDigest SeenVersion { get; private init; }

    public FactDigest SeenEvidence { get; private init; }

    public UserId Person { get; private init; }

    public SignOffKind Kind { get; private init; }

    public Verdict Verdict { get; private init; }

    public FactDigest Rationale { get; private init; }

    public FactDigest? Conditions { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>What a review looked at; null for a decision, and for a review of everything.</summary>
    public EnumSet<ReviewArea>? Areas { get; init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.SignOff, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact()
    {
        JsonObject fact = new()
        {
            ["version"] = Version.ToString(),
            ["round"] = Round,
            ["seenVersion"] = SeenVersion.Hex,
            ["seenEvidence"] = SeenEvidence.Hex,
            ["person"] = Person.ToString(),
            ["kind"] = Kind.ToString(),
            ["verdict"] = Verdict.ToString(),
            ["rationale"] = Rationale.Hex,
            ["conditions"] = Conditions?.Hex,
            ["at"] = Microseconds.Iso(At),
        };
        if (Areas is EnumSet<ReviewArea> areas)
        {
            fact["areas"] = areas.ToString(); // sign-offs of before there were areas keep their digests
        }

        return fact;
    }
}
