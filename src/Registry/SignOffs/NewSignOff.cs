using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>What a person says, and what they saw when they said it.</summary>
/// <param name="Version">Which version.</param>
/// <param name="SeenVersion">The version's digest on the page that they saw.</param>
/// <param name="SeenEvidence">The evidence root on the page that they saw.</param>
/// <param name="Verdict">What they say.</param>
/// <param name="Rationale">Why, in 1 to 4,000 characters.</param>
/// <param name="Conditions">Under which conditions, in words; given exactly with an approval with conditions.</param>
public sealed record NewSignOff(
    ModelVersionId Version, FactDigest SeenVersion, FactDigest SeenEvidence, Verdict Verdict, string? Rationale,
    string? Conditions = null)
{
    /// <summary>The root of the dossier that they confirmed; a decision needs it.</summary>
    public FactDigest? SeenDossier { get; init; }

    /// <summary>What a review looked at; null for everything.</summary>
    public EnumSet<ReviewArea>? Areas { get; init; }

    /// <summary>The conditions one by one; none makes one condition of the words, due after <see cref="SignOffCondition.UsualDays"/> days.</summary>
    public IReadOnlyList<SignOffCondition> ConditionList { get; init; } = [];

    /// <summary>The lines of the checklist that do not meet the policy, each with why the person approves all the same.</summary>
    public IReadOnlyList<LineWaiver> Waived { get; init; } = [];
}

/// <summary>A condition of an approval: becomes a finding of the register.</summary>
/// <param name="Text">What has to hold, in 1 to 300 characters.</param>
/// <param name="DueAt">Until when, after now.</param>
/// <param name="Owner">Who answers for it; null for the model's owner.</param>
public sealed record SignOffCondition(string Text, DateTimeOffset DueAt, UserId? Owner)
{
    /// <summary>The most conditions of one approval.</summary>
    public const int Most = 20;

    /// <summary>How long a condition without a date of its own is open: a quarter.</summary>
    public const int UsualDays = 90;
}

/// <summary>A line of the checklist that an approver waives: becomes an accepted finding of the register.</summary>
/// <param name="Line">The line's id.</param>
/// <param name="Name">The line's name.</param>
/// <param name="Verdict">What it came to: breached or inconclusive.</param>
/// <param name="Reason">Why they approve all the same, in 1 to 4,000 characters.</param>
/// <param name="Until">Until when that holds, after now.</param>
/// <param name="Covers">The measured findings and the findings of the register that the reason speaks of, by id.</param>
public sealed record LineWaiver(
    string Line, string Name, GateVerdict Verdict, string? Reason, DateTimeOffset Until, IReadOnlyList<string> Covers);
