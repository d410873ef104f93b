using System.Security.Cryptography;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Quarantine;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Copies;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Audit.Copies;

/// <summary>What a person asks about a registered version.</summary>
/// <param name="Version">The version that may have been copied.</param>
/// <param name="Dataset">The registered data that probe rows and control models come from.</param>
/// <param name="Suspect">The suspect's ONNX file. It is compared and not kept.</param>
/// <param name="SuspectEncoding">How the suspect reads the data, as JSON; null to go by the version's encoding.</param>
/// <param name="Controls">Registered versions that are known to be independent.</param>
public sealed record VersionCopyQuestion(
    ModelVersionId Version, string Dataset, byte[] Suspect, byte[]? SuspectEncoding, IReadOnlyList<ModelVersionId> Controls);

/// <summary>Compares a suspect file with a registered version, on probe rows whose secret never leaves the store.</summary>
public sealed class CheckVersionCopy(
    VersionQueries versions, DatasetQueries datasets, ArtifactStore store, RecordProbes probes, ModelQuarantine quarantine)
{
    // One check trains several models: more at once would only make all of them slower.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>Compares; whoever may run audits on the model may, since only aggregates come out.</summary>
    /// <param name="actor">A person.</param>
    /// <param name="question">What they ask.</param>
    /// <param name="progress">Told what is being done, in words; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A file cannot be used; the sentence names the fault.</exception>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public async Task<CopyCheckOutcome> RunAsync(
        Actor actor, VersionCopyQuestion question, Action<string>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(question);
        UserId viewer = actor.User ?? throw new ArgumentException("A person asks for a comparison.", nameof(actor));
        if (await versions.FindAsync(viewer, question.Version, cancellationToken) is not VersionDetails version
            || await datasets.FindAsync(viewer, question.Dataset, cancellationToken) is not Dataset dataset)
        {
            return new CopyCheckOutcome.NotThere();
        }

        if (version.Viewer.RefusalFor(Right.RunAudit) is Refusal refusal)
        {
            return new CopyCheckOutcome.Refused(refusal);
        }

        progress?.Invoke("Trying the suspect in quarantine");
        byte[] suspect = (await quarantine.AdmitAsync(question.Suspect, null, null, cancellationToken)).File;
        List<GivenControl> controls = [];
        foreach (ModelVersionId id in question.Controls)
        {
            if (await versions.FindAsync(viewer, id, cancellationToken) is VersionDetails control)
            {
                controls.Add(new GivenControl(
                    control.Label, await store.ReadAsync(control.Version.Artifact, cancellationToken),
                    await EncodingAsync(control.Version, cancellationToken)));
            }
        }

        using MemoryStream csv = new(await store.ReadAsync(dataset.Digest, cancellationToken));
        CopyQuestion full = new()
        {
            Suspect = suspect,
            SuspectEncoding = question.SuspectEncoding is byte[] json ? ModelEncoding.Read(json) : null,
            Model = await store.ReadAsync(version.Version.Artifact, cancellationToken),
            Encoding = await EncodingAsync(version.Version, cancellationToken),
            Data = TableFile.Read(csv, cancellationToken),
            Label = dataset.Of(ColumnRole.Label).FirstOrDefault()?.Name,
            Controls = controls,
            Secret = await SecretAsync(actor, question.Version, dataset, cancellationToken),
        };
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            return new CopyCheckOutcome.Compared(
                await Task.Run(() => CheckCopy.Run(full, progress, cancellationToken), cancellationToken));
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private async Task<ModelEncoding?> EncodingAsync(ModelVersion version, CancellationToken cancellationToken) =>
        version.Encoding is ArtifactDigest digest ? ModelEncoding.Read(await store.ReadAsync(digest, cancellationToken)) : null;

    private async Task<byte[]> SecretAsync(
        Actor actor, ModelVersionId version, Dataset dataset, CancellationToken cancellationToken)
    {
        byte[] kept = await probes.FindAsync(version, dataset.Id, cancellationToken) ?? await probes.RunAsync(
            actor, version, dataset.Id,
            JsonSerializer.SerializeToUtf8Bytes(new DrawnProbes(
                DrawnProbes.CurrentSchema, dataset.Digest.Hex, ProbeRows.Count, RandomNumberGenerator.GetBytes(ProbeRows.SecretLength))),
            cancellationToken);
        return JsonSerializer.Deserialize<DrawnProbes>(kept)!.Secret;
    }

    // What is kept encrypted: with the data and the secret the same rows can be drawn again.
    private sealed record DrawnProbes(string Schema, string Data, int Rows, byte[] Secret)
    {
        public const string CurrentSchema = "governance/probes/1";
    }
}

/// <summary>What came of a comparison.</summary>
public abstract record CopyCheckOutcome
{
    private CopyCheckOutcome()
    {
    }

    /// <summary>They were compared.</summary>
    public sealed record Compared(CopyReport Report) : CopyCheckOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : CopyCheckOutcome;

    /// <summary>The version or the data does not exist, or not for this person.</summary>
    public sealed record NotThere : CopyCheckOutcome;
}
