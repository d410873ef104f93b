using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Versions;

/// <summary>Everything that the pages of a version show of it, with names in place of ids.</summary>
public sealed record VersionView
{
    public required Model Model { get; init; }

    public required ModelVersion Version { get; init; }

    /// <summary>The owner's name.</summary>
    public required string Owner { get; init; }

    /// <summary>The author's name.</summary>
    public required string Author { get; init; }

    /// <summary>The versions that it came from.</summary>
    public required IReadOnlyList<ParentView> Parents { get; init; }

    /// <summary>Its moves in order, each with the name of who made it.</summary>
    public required IReadOnlyList<(StageMove Move, string Person)> Moves { get; init; }

    /// <summary>Reviews and decisions, the latest first.</summary>
    public required IReadOnlyList<SignOffView> SignOffs { get; init; }

    /// <summary>Sealed evidence with findings, the latest first.</summary>
    public required IReadOnlyList<EvidenceRecord> Evidence { get; init; }

    /// <summary>Explanations sealed beside the audits, the latest first.</summary>
    public IReadOnlyList<EvidenceRecord> Explanations { get; init; } = [];

    /// <summary>Data sets compared beside the audits, the latest first.</summary>
    public IReadOnlyList<EvidenceRecord> DriftChecks { get; init; } = [];

    /// <summary>Evidence computed again and compared, the latest first.</summary>
    public IReadOnlyList<EvidenceRecord> Reproductions { get; init; } = [];

    /// <summary>How variants were made of it, the latest first.</summary>
    public IReadOnlyList<EvidenceRecord> Variants { get; init; } = [];

    /// <summary>Ensembles made of it, choices among candidates and looks inside it, the latest first.</summary>
    public IReadOnlyList<EvidenceRecord> Records { get; init; } = [];

    /// <summary>One digest for all evidence: what a signature binds.</summary>
    public required FactDigest EvidenceRoot { get; init; }

    /// <summary>The person who looks, and how they stand to the model.</summary>
    public required Person Person { get; init; }

    /// <summary>How they stand to the model.</summary>
    public required ModelRelation Relation { get; init; }

    /// <summary>How many approvals the tier asks for.</summary>
    public int ApprovalsNeeded => SignOffPolicy.ApproversNeeded(Model.Tier);

    /// <summary>Approvals of this round over the evidence as it is now.</summary>
    public int Approvals => SignOffPolicy.ApprovalsOf(State);

    /// <summary>What the person who looks may do.</summary>
    public ViewerRights Viewer => ViewerRights.Of(Person.Id, Person.Roles, Relation);

    /// <summary>What the table of rights says of rows with protected and personal cells.</summary>
    public AccessDecision PersonalRows => AccessPolicy.Decide(Person.Roles, Right.SeePersonalRows, Relation);

    /// <summary>The version as the rules of signing off see it.</summary>
    public SignOffState State => new(
        Version.Stage, Version.Round, Model.Tier, Version.Digest, EvidenceRoot, Evidence.Count > 0,
        VersionPeople.Of(Version, Moves.Select(move => move.Move), SignOffs.Select(signOff => signOff.SignOff)),
        [.. SignOffs.Select(signOff => signOff.SignOff)]);

    /// <summary>Such as "hmda_fair v1".</summary>
    public string Name => $"{Model.Name} v{Version.Number}";

    /// <summary>The evidence, explanation, drift check, reproduction or variant of this id; null where the version has none.</summary>
    public EvidenceRecord? Find(Guid id) => Evidence.Concat(Explanations).Concat(DriftChecks).Concat(Reproductions).Concat(Variants).Concat(Records).FirstOrDefault(record => record.Id.Value == id);

    /// <summary>The address of the version, or of one of its tabs.</summary>
    public string Address(string? tab = null) =>
        $"/models/{Model.Name}/versions/{Version.Number}{(tab is null ? "" : "/" + tab)}";

    /// <summary>The sign-offs of the round that runs.</summary>
    public IEnumerable<SignOffView> ThisRound => SignOffs.Where(signOff => signOff.SignOff.Round == Version.Round);
}

/// <summary>A version that another came from.</summary>
/// <param name="Model">Its model's name.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">How the one came from the other.</param>
public sealed record ParentView(string Model, int Number, ParentKind Kind);

/// <summary>A sign-off with what was written.</summary>
/// <param name="SignOff">The fact.</param>
/// <param name="Person">The signer's name.</param>
/// <param name="Rationale">What they wrote; null where it was erased.</param>
/// <param name="Conditions">The conditions; null for none.</param>
public sealed record SignOffView(SignOff SignOff, string Person, string? Rationale, string? Conditions);
