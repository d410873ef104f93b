using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Signatures;

/// <summary>Adds a publisher's signature to a version that came without one, or with one of an unknown key.</summary>
public sealed class AttachSignature(AppendGate gate, ArtifactStore store)
{
    /// <summary>Judges and records; a developer of the model may.</summary>
    /// <param name="actor">Who brings it.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="signature">The signature file.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<AttachOutcome> RunAsync(
        Actor actor, ModelVersionId version, ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (signature.Length > SignedStatement.MostBytes)
        {
            return new AttachOutcome.Refused(new Refusal("bad-signature", $"A signature file has at most {SignedStatement.MostBytes:N0} bytes."));
        }

        return await gate.RunAsync<AttachOutcome>(actor, async change =>
        {
            ModelVersion? row = await change.Db.Versions.AsNoTracking().FirstOrDefaultAsync(v => v.Id == version, cancellationToken);
            ModelId? id = row?.Model;
            Model? model = await change.Db.Models.FirstOrDefaultAsync(m => m.Id == id, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, row?.Stage, cancellationToken);
            if (row is null || model is null || standing.Visibility != ModelVisibility.Full)
            {
                return new AttachOutcome.NoSuchVersion();
            }

            if (standing.RefusalFor(Right.Register) is Refusal noRight)
            {
                return new AttachOutcome.Refused(noRight);
            }

            SignatureJudgement judgement = await SignatureRows.JudgeAsync(change.Db, signature, row.Artifact, cancellationToken);
            if (judgement is SignatureJudgement.Wrong wrong)
            {
                return new AttachOutcome.Refused(new Refusal("bad-signature", wrong.Sentence));
            }

            StoredArtifact bundle = await store.WriteAsync(signature, ArtifactKind.Signature, cancellationToken);
            if (await change.Db.Signatures.AnyAsync(
                each => each.Version == version && each.Bundle == bundle.Digest && each.Key != null, cancellationToken))
            {
                return new AttachOutcome.Refused(new Refusal("same-signature", "This signature is on record already."));
            }

            await SignatureRows.AddAsync(change, row, bundle, judgement, cancellationToken);
            return new AttachOutcome.Recorded(judgement);
        }, cancellationToken);
    }
}

/// <summary>What came of adding a signature.</summary>
public abstract record AttachOutcome
{
    private AttachOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    public sealed record Recorded(SignatureJudgement Judgement) : AttachOutcome;

    /// <summary>A rule forbids it, or it is wrong.</summary>
    public sealed record Refused(Refusal Reason) : AttachOutcome;

    /// <summary>The version does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : AttachOutcome;
}
