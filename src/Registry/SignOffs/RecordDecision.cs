using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Register;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Records a compliance approver's decision over the root of everything that it covers, signed by the installation.</summary>
public sealed class RecordDecision(
    AppendGate gate, IDbContextFactory<GovernanceDb> contexts, DossierQueries dossiers, ReadInheritance inheritance, VerifyDossier verify, ArtifactStore store, SigningKeys keys)
{
    /// <summary>Records it, if the policy lets the person and nothing changed since they looked.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    /// <exception cref="ArtifactKeyException">The installation cannot sign.</exception>
    public async Task<SignOffOutcome> RunAsync(Actor actor, NewSignOff signOff, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(signOff);
        if (actor.User is null)
        {
            throw new ArgumentException("A person signs off.", nameof(actor));
        }

        try
        {
            return await SignAsync(actor, signOff, cancellationToken);
        }
        catch (ArtifactDamagedException fault)
        {
            return new SignOffOutcome.Refused(new Refusal(
                "damaged", $"A file that the decision would cover is not what was stored, so nobody can sign it. {fault.Message}"));
        }
    }

    // Judged before anything is stored, so that nothing is left behind for someone who may not; and again in the gate.
    private async Task<SignOffOutcome> SignAsync(Actor actor, NewSignOff signOff, CancellationToken cancellationToken)
    {
        SignOffDossier dossier;
        Spoken spoken;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            (JudgedSignOff judged, SignOffDossier? seen) = await JudgeAsync(db, actor, signOff, db.Now, cancellationToken);
            if (judged.Closed is SignOffOutcome closed)
            {
                return closed;
            }

            // What is inherited is looked at to the last byte, not only where the hourly look left it.
            if (judged.State!.Inheritance?.Parent is ParentStanding parent && await verify.RunAsync(parent.Id, cancellationToken) is DossierDifference changed)
            {
                return new SignOffOutcome.Refused(new Refusal("parent-changed", $"What the sign-off of {parent.Label} covers is not what it was: {changed.Sentence}"));
            }

            dossier = seen!;
            spoken = Spoken.Of(signOff, judged, dossier, actor.User!.Value);
        }

        KeySignature signature = keys.Sign(spoken.Document);
        StoredArtifact document = await store.WriteAsync(spoken.Document, ArtifactKind.Dossier, cancellationToken);
        return await gate.RunAsync(actor, async change =>
        {
            (JudgedSignOff judged, _) = await JudgeAsync(change.Db, actor, signOff, change.Now, cancellationToken);
            return judged.Closed ?? await RecordAsync(change, signOff, judged, dossier, spoken, signature, document, cancellationToken);
        }, cancellationToken);
    }

    private async Task<(JudgedSignOff, SignOffDossier?)> JudgeAsync(
        GovernanceDb db, Actor actor, NewSignOff wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ModelVersion? version = await db.Versions.FirstOrDefaultAsync(row => row.Id == wanted.Version, cancellationToken);
        SignOffDossier? dossier = version is null ? null : await dossiers.LoadAsync(db, version, cancellationToken);
        Inheritance? inherits = version is null || wanted.Verdict != Verdict.Inherit ? null : await inheritance.LoadAsync(db, version, cancellationToken);
        JudgedSignOff judged = await SignOffRecording.JudgeAsync(db, actor, SignOffKind.Decision, wanted, dossier?.Root, inherits, cancellationToken);
        if (judged.Closed is null)
        {
            // What another decision of this round set as a condition is that decision's: it stands open by its very nature.
            RegisterEntry[] register =
            [
                .. (await RegisterEntry.LoadAsync(db, judged.Version!.Id, cancellationToken))
                    .Where(entry => entry.Finding.SignOff is null || entry.Finding.Round != judged.Version.Round),
            ];
            judged = judged with { Refusal = DecisionTerms.RefusalFor(wanted, dossier!, register, judged.State!.Terms, now) };
        }

        return (judged, dossier);
    }

    private static async Task<SignOffOutcome> RecordAsync(
        RegistryChange change, NewSignOff wanted, JudgedSignOff judged, SignOffDossier dossier, Spoken spoken, KeySignature signature,
        StoredArtifact document, CancellationToken cancellationToken)
    {
        ModelVersion version = judged.Version!;
        SignOff decision = new(
            spoken.Id, version.Id, version.Round, version.Digest, judged.State!.Evidence, judged.Wish!.Person.Id, SignOffKind.Decision,
            wanted.Verdict, spoken.Rationale.Digest, spoken.Conditions?.Digest, change.Now);
        SealedDossier row = new(spoken.Id, version.Id, dossier.Root, document.Digest, signature.KeyId, signature.Bytes, change.Now);
        await ArtifactRows.AddAsync(change, document, version.Subject, cancellationToken);
        change.Keep(spoken.Conditions);
        change.Add(decision, wanted.Verdict == Verdict.Inherit ? "sign-off.inherited" : "sign-off.decided", version.Subject, spoken.Rationale);
        change.Add(row, "sign-off.sealed", version.Subject);
        await DecisionFindings.AddAsync(change, wanted, judged, decision, cancellationToken);
        await SignOffRecording.MoveAsync(change, judged, cancellationToken);
        return new SignOffOutcome.Recorded(decision, version.Stage) { Dossier = row };
    }

    // What the person says, with its digests: the document names them before the gate gives the time.
    private sealed record Spoken(SignOffId Id, PersonalText Rationale, PersonalText? Conditions, byte[] Document)
    {
        public static Spoken Of(NewSignOff wanted, JudgedSignOff judged, SignOffDossier dossier, UserId person)
        {
            SignOffId id = SignOffId.New();
            PersonalText rationale = PersonalText.Write(wanted.Rationale!.Trim());
            PersonalText? conditions = wanted.Verdict == Verdict.ApproveWithConditions ? PersonalText.Write(DecisionTerms.WordsOf(wanted)) : null;
            return new Spoken(id, rationale, conditions, DecisionDocument.Write(
                id, dossier, judged.Version!.Round, person, wanted.Verdict, rationale.Digest, conditions?.Digest,
                wanted.Verdict.IsApproval() ? wanted.Waived : [], wanted.Verdict == Verdict.Inherit ? judged.State!.Inheritance : null));
        }
    }
}
