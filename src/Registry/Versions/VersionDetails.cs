using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;

namespace Governance.Registry.Versions;

/// <summary>A version with everything that its page shows, for whoever may see it.</summary>
/// <param name="Model">Its model.</param>
/// <param name="Version">The version.</param>
/// <param name="Viewer">How the viewer stands to it.</param>
/// <param name="Parents">What it came from, with the parents' labels such as "credit/2".</param>
/// <param name="Moves">In order.</param>
/// <param name="SignOffs">In order, with their words.</param>
/// <param name="Evidence">Newest first.</param>
/// <param name="Runs">Newest first.</param>
/// <param name="State">What the rules of signing off look at; its digests are what a form carries as "seen".</param>
/// <param name="Names">Display names of everyone.</param>
public sealed record VersionDetails(
    Model Model,
    ModelVersion Version,
    Standing Viewer,
    IReadOnlyList<(VersionParent Parent, string Label)> Parents,
    IReadOnlyList<(StageMove Move, string? Reason)> Moves,
    IReadOnlyList<SignOffWithWords> SignOffs,
    IReadOnlyList<EvidenceRecord> Evidence,
    IReadOnlyList<AuditRun> Runs,
    SignOffState State,
    IReadOnlyDictionary<UserId, string> Names)
{
    /// <summary>The version's name for people: "credit/3".</summary>
    public string Label => $"{Model.Name}/{Version.Number}";

    /// <summary>The display name of a person; "the system" for null.</summary>
    public string NameOf(UserId? user) => user is UserId id ? Names.GetValueOrDefault(id, "?") : "the system";

    /// <summary>Why the viewer may not give a sign-off now, or null when they may: pages ask before they show a form.</summary>
    public Refusal? RefusalFor(SignOffKind kind, Verdict verdict) => Viewer.Person is not Person person
        ? new Refusal("no-person", "Only a person signs off.")
        : SignOffPolicy.RefusalFor(State, new SignOffWish(person, Viewer.Relation, kind, verdict, State.Version, State.Evidence));

    /// <summary>Why the viewer may not move the version now, or null when they may.</summary>
    public Refusal? RefusalFor(StageRequest request) => Viewer.Person is not Person person
        ? new Refusal("no-person", "Only a person moves a version.")
        : StagePolicy.RefusalFor(request, Version.Stage, State.People, person, Viewer.Relation);
}

/// <summary>A sign-off with what was written; null where it was erased on request.</summary>
public sealed record SignOffWithWords(SignOff SignOff, string? Rationale, string? Conditions);

/// <summary>A line of a version's history: a ledger entry in readable form.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="ActorName">The display name, or "the system".</param>
/// <param name="Reason">What the person wrote; null where nothing or erased.</param>
public sealed record TimelineLine(LedgerEntry Entry, string ActorName, string? Reason);
