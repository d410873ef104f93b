using Governance.Audit.Findings;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>What lies before someone who signs: the dossier as it stands, what changed, the checklist, the register.</summary>
public sealed record SignOffDesk
{
    public required VersionView View { get; init; }

    /// <summary>The version as the rules of signing off see it, with the root of its dossier.</summary>
    public required SignOffState State { get; init; }

    /// <summary>What a decision would cover; null where a file of it is damaged.</summary>
    public SignOffDossier? Dossier { get; init; }

    /// <summary>The root of <see cref="Dossier"/>.</summary>
    public FactDigest? Root { get; init; }

    /// <summary>Why there is no dossier, in words; null where there is one.</summary>
    public string? Fault { get; init; }

    /// <summary>What the last approval covered; null where nothing of the model was approved with a dossier.</summary>
    public (SealedDossier Row, SignOffDossier Dossier)? Last { get; init; }

    /// <summary>What differs between <see cref="Last"/> and <see cref="Dossier"/>.</summary>
    public IReadOnlyList<DossierChange> Changes { get; init; } = [];

    /// <summary>The policy pack that counts.</summary>
    public required PolicyPack Pack { get; init; }

    /// <summary>The checklist in order.</summary>
    public required IReadOnlyList<ChecklistLine> Lines { get; init; }

    /// <summary>The findings of the latest evidence that have a limit, the worst first.</summary>
    public IReadOnlyList<Finding> Gated { get; init; } = [];

    /// <summary>The register of this version.</summary>
    public IReadOnlyList<RegisterView> Register { get; init; } = [];

    /// <summary>Days that end the approval in force, the nearest first; empty where none is.</summary>
    public IReadOnlyList<SignOffDeadline> Deadlines { get; init; } = [];

    /// <summary>How many different cases were reviewed in this round, and how many the policy asks for.</summary>
    public (int Reviewed, int Disagreed, int Asked) Cases { get; init; }

    /// <summary>People who may own a finding: those to whom the version's model is granted, by name.</summary>
    public IReadOnlyList<(UserId Person, string Name)> Owners { get; init; } = [];

    /// <summary>Whether the latest decision of this round is final: a signed copy that covers it lies outside the database. Null where nobody decided.</summary>
    public bool? IsFinal { get; init; }

    /// <summary>Why the person who looks may not give a sign-off, or null.</summary>
    public Refusal? RefusalFor(SignOffKind kind, Verdict verdict) => SignOffPolicy.RefusalFor(
        State, new SignOffWish(View.Person, View.Relation, kind, verdict, State.Version, State.Evidence) { SeenRoot = Root });
}
