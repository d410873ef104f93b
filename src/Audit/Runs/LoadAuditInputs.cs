using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Models;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Runs;

/// <summary>Brings a version and its data from the store into memory, in the clear.</summary>
public sealed class LoadAuditInputs(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store)
{
    /// <summary>Loads everything that an audit computes from. The store checks every digest.</summary>
    /// <param name="version">The version to audit.</param>
    /// <param name="options">Names the data sets.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A data set is gone, or its bytes cannot be read as a table.</exception>
    public async Task<AuditInputs> RunAsync(ModelVersionId version, AuditOptions options, CancellationToken cancellationToken)
    {
        (AuditSubject subject, byte[] model, byte[]? encoding) = await ModelAsync(version, cancellationToken);
        return new AuditInputs
        {
            Subject = subject,
            Model = model,
            Encoding = encoding,
            Evaluation = await TableAsync(options.Evaluation, cancellationToken),
            Background = await TableAsync(options.Background, cancellationToken),
            Reference = options.Reference is string reference ? await TableAsync(reference, cancellationToken) : null,
            Current = options.Current is string current ? await TableAsync(current, cancellationToken) : null,
            Parent = options.Parent is string parent ? await ParentAsync(version, parent, cancellationToken) : null,
        };
    }

    /// <summary>Reads a version's model and encoding. The store checks their digests.</summary>
    public async Task<(AuditSubject Subject, byte[] Model, byte[]? Encoding)> ModelAsync(
        ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        ModelVersion row = await db.Versions.AsNoTracking().FirstAsync(v => v.Id == version, cancellationToken);
        Model model = await db.Models.AsNoTracking().FirstAsync(m => m.Id == row.Model, cancellationToken);
        return (
            new AuditSubject(model.Name, row.Number, row.Digest.Hex, row.Artifact.Hex, row.Encoding?.Hex),
            await store.ReadAsync(row.Artifact, cancellationToken),
            row.Encoding is ArtifactDigest encoding ? await store.ReadAsync(encoding, cancellationToken) : null);
    }

    // A variant is compared with a version that it was registered as coming from, and with no other.
    private async Task<ParentInputs> ParentAsync(ModelVersionId child, string label, CancellationToken cancellationToken)
    {
        ModelVersionId? found;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var parents = await (
                from parent in db.VersionParents.AsNoTracking()
                join of in db.Versions on parent.Parent equals of.Id
                join model in db.Models on of.Model equals model.Id
                where parent.Child == child
                select new { of.Id, model.Name, of.Number }).ToListAsync(cancellationToken);
            found = parents.FirstOrDefault(row => $"{row.Name}/{row.Number}" == label)?.Id;
        }

        (AuditSubject subject, byte[] file, byte[]? encoding) = await ModelAsync(
            found ?? throw new InputException($"The version was not made from '{label}'."), cancellationToken);
        return new ParentInputs(subject, file, encoding);
    }

    /// <summary>Reads one data set by name.</summary>
    /// <exception cref="InputException">There is none of this name, or its bytes cannot be read as a table.</exception>
    public async Task<AuditTable> TableAsync(string name, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await TableAsync(db, name, cancellationToken);
    }

    private async Task<AuditTable> TableAsync(GovernanceDb db, string name, CancellationToken cancellationToken)
    {
        Dataset data = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(d => d.Name == name, cancellationToken)
            ?? throw new InputException($"There is no data set '{name}'.");
        if (await ErasedDataset.SentenceAsync(db, data, cancellationToken) is string erased)
        {
            throw new InputException(erased);
        }

        using MemoryStream csv = new(await store.ReadAsync(data.Digest, cancellationToken));
        string? label = data.Columns.FirstOrDefault(column => column.Role == ColumnRole.Label)?.Name;
        return new AuditTable(
            data.Name, data.Digest.Hex, ReadDataset.Run(csv, data.Columns, cancellationToken), label, data.Positive, data.Favourable);
    }
}
