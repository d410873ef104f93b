using System.Security.Cryptography;
using Governance.Registry.Access;
using Governance.Registry.Annotations;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Signatures;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Versions;

/// <summary>A version to put on record.</summary>
/// <param name="ModelName">Of which model.</param>
/// <param name="Artifact">The model file; read once to its end.</param>
/// <param name="SizeLimit">The most bytes accepted of it.</param>
/// <param name="Encoding">The encoding as JSON in UTF-8; null where columns are taken as they are.</param>
/// <param name="Note">What is new in it; null for nothing.</param>
/// <param name="Parents">What it came from; empty for nothing known.</param>
public sealed record NewVersion(
    string ModelName, Stream Artifact, long SizeLimit, ReadOnlyMemory<byte>? Encoding, string? Note,
    IReadOnlyList<(ModelVersionId Version, ParentKind Kind)> Parents)
{
    /// <summary>A publisher's detached signature over the model file, which must then be a stream that can be positioned; null for an unsigned one.</summary>
    public ReadOnlyMemory<byte>? Signature { get; init; }

    /// <summary>Tags, a description and an origin that it has from the start.</summary>
    public IReadOnlyList<NewAnnotation> Annotations { get; init; } = [];

    /// <summary>What was found in the model file; null where nobody looked.</summary>
    public NewInspection? Inspection { get; init; }
}

/// <summary>Puts a version of a model on record, as a draft.</summary>
public sealed class RegisterVersion(AppendGate gate, ArtifactStore store, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Stores the files, then registers in one transaction; a developer of the model may.</summary>
    /// <exception cref="ArtifactTooLargeException">The model file passes its limit; nothing is kept.</exception>
    /// <exception cref="ArgumentException">The actor is the system: a version needs an author.</exception>
    public async Task<RegisterVersionOutcome> RunAsync(
        Actor actor, NewVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(version);
        UserId author = actor.User ?? throw new ArgumentException("A version needs an author.", nameof(actor));

        // Asked before the upload is read, so that nothing is stored for someone who may not; and again in the gate.
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if ((await JudgeAsync(db, actor, version, cancellationToken)).Outcome is RegisterVersionOutcome refused)
            {
                return refused;
            }
        }

        byte[]? canonical;
        try
        {
            canonical = version.Encoding is ReadOnlyMemory<byte> json ? CanonicalJson.Canonicalize(json.Span) : null;
        }
        catch (FormatException fault)
        {
            return new RegisterVersionOutcome.Refused(new Refusal("bad-encoding", $"The encoding cannot be used. {fault.Message}"));
        }

        // Judged while nothing is stored yet: what is refused leaves nothing behind.
        byte[] digest = version.Signature is null ? [] : await SHA256.HashDataAsync(version.Artifact, cancellationToken);
        SignatureJudgement? judgement = version.Signature is null ? null : await JudgeAsync(version, digest, cancellationToken);
        if (judgement is SignatureJudgement.Wrong wrong)
        {
            return new RegisterVersionOutcome.Refused(new Refusal("bad-signature", wrong.Sentence));
        }

        StoredArtifact artifact = await store.WriteAsync(
            version.Artifact, ArtifactKind.Model, version.SizeLimit, cancellationToken);
        StoredArtifact? encoding = canonical is null
            ? null
            : await store.WriteAsync(canonical, ArtifactKind.Encoding, cancellationToken);
        StoredArtifact? bundle = version.Signature is ReadOnlyMemory<byte> bytes
            ? await store.WriteAsync(bytes, ArtifactKind.Signature, cancellationToken)
            : null;
        (StoredArtifact, SignatureJudgement)? signature = bundle is null ? null : (bundle, judgement!);
        StoredArtifact? inspection = version.Inspection is null
            ? null
            : await store.WriteAsync(version.Inspection.Report, ArtifactKind.Inspection, cancellationToken);
        return await gate.RunAsync(
            actor, change => RegisterAsync(change, author, version, artifact, encoding, signature, inspection, cancellationToken), cancellationToken);
    }

    private async Task<SignatureJudgement> JudgeAsync(NewVersion version, byte[] digest, CancellationToken cancellationToken)
    {
        version.Artifact.Position = 0; // it is read once more, to be stored
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SignatureRows.JudgeAsync(
            db, version.Signature!.Value, new ArtifactDigest(Convert.ToHexStringLower(digest)), cancellationToken);
    }

    private static async Task<RegisterVersionOutcome> RegisterAsync(
        RegistryChange change, UserId author, NewVersion version, StoredArtifact artifact, StoredArtifact? encoding,
        (StoredArtifact Bundle, SignatureJudgement Judgement)? signature, StoredArtifact? inspection, CancellationToken cancellationToken)
    {
        (Model? model, ModelVersion[] parents, RegisterVersionOutcome? refused) =
            await JudgeAsync(change.Db, change.Actor, version, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        FactDigest digest = VersionDigest.Of(artifact.Digest, encoding?.Digest, version.Parents.Select(
            parent => (parents.First(row => row.Id == parent.Version).Digest, parent.Kind)));
        ModelId id = model!.Id;
        ModelVersion? twin = await change.Db.Versions.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Model == id && row.Digest == digest, cancellationToken);
        if (twin is not null)
        {
            return new RegisterVersionOutcome.Refused(new Refusal(
                "same-version", $"Version {twin.Number} of this model is exactly the same. There is nothing new to register."));
        }

        ModelVersion row = new(
            ModelVersionId.New(), id, model.NextVersion(), digest, artifact.Digest, encoding?.Digest,
            string.IsNullOrWhiteSpace(version.Note) ? null : version.Note.Trim(), author, change.Now);
        await ArtifactRows.AddAsync(change, artifact, row.Subject, cancellationToken);
        if (encoding is not null)
        {
            await ArtifactRows.AddAsync(change, encoding, row.Subject, cancellationToken);
        }

        change.Add(row, "version.registered", row.Subject);
        if (signature is (StoredArtifact bundle, SignatureJudgement judgement))
        {
            await SignatureRows.AddAsync(change, row, bundle, judgement, cancellationToken);
        }

        if (inspection is not null)
        {
            await ArtifactRows.AddAsync(change, inspection, row.Subject, cancellationToken);
            change.Add(new VersionInspection(row.Id, inspection.Digest, version.Inspection!.Faults, change.Now), "version.inspected", row.Subject);
        }

        foreach ((ModelVersionId parent, ParentKind kind) in version.Parents)
        {
            change.Db.VersionParents.Add(new VersionParent(row.Id, parent, kind)); // the version's digest names them
        }

        AnnotationRows.Add(change, model, row, version.Annotations);
        return new RegisterVersionOutcome.Registered(model, row);
    }

    private static async Task<(Model? Model, ModelVersion[] Parents, RegisterVersionOutcome? Outcome)> JudgeAsync(
        GovernanceDb db, Actor actor, NewVersion version, CancellationToken cancellationToken)
    {
        Model? model = await db.Models.FirstOrDefaultAsync(row => row.Name == version.ModelName, cancellationToken);
        Standing standing = await Standing.LoadAsync(db, actor, model, cancellationToken);
        if (model is null || standing.Visibility != ModelVisibility.Full)
        {
            return (null, [], new RegisterVersionOutcome.NoSuchModel());
        }

        ModelVersionId[] wanted = [.. version.Parents.Select(parent => parent.Version)];
        ModelVersion[] parents = await db.Versions.AsNoTracking()
            .Where(row => wanted.Contains(row.Id)).ToArrayAsync(cancellationToken);
        Refusal? refusal = standing.RefusalFor(Right.Register);
        if (refusal is null && version.Note?.Trim().Length > ModelVersion.MaxNoteLength)
        {
            refusal = new Refusal("long-note", $"A note has at most {ModelVersion.MaxNoteLength} characters.");
        }

        if (refusal is null && (wanted.Distinct().Count() != wanted.Length || parents.Length != wanted.Length))
        {
            refusal = new Refusal("bad-parents", "A parent is named twice, or there is no such version.");
        }

        refusal ??= AnnotationRows.RefusalFor(version.Annotations);
        return (model, parents, refusal is null ? null : new RegisterVersionOutcome.Refused(refusal));
    }
}

/// <summary>What came of a registration.</summary>
public abstract record RegisterVersionOutcome
{
    private RegisterVersionOutcome()
    {
    }

    /// <summary>It is on record, as a draft.</summary>
    public sealed record Registered(Model Model, ModelVersion Version) : RegisterVersionOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RegisterVersionOutcome;

    /// <summary>The model does not exist, or not for this person.</summary>
    public sealed record NoSuchModel : RegisterVersionOutcome;
}
