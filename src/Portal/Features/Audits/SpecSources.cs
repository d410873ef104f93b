using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Uploads;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Audits;

/// <summary>Opens what a spec names: files beside it, and where it asks for them, versions and data sets of a registry.</summary>
internal sealed class SpecSources(CommandContext context, string folder, string? user) : IAsyncDisposable
{
    private readonly Dictionary<string, AuditTable> tables = new(StringComparer.Ordinal);
    private RegistryRun? registry;

    /// <summary>Everything that auditing a model computes from. Data that several models share is read once.</summary>
    /// <exception cref="InputException">Something is not there, or cannot be used.</exception>
    public async Task<AuditInputs> InputsAsync(AuditSpec spec, SpecModel model, CancellationToken cancellationToken)
    {
        (AuditSubject subject, byte[] file, byte[]? encoding) = model.Version is null
            ? await FileAsync(model, cancellationToken)
            : await VersionAsync(model, cancellationToken);
        AuditTable evaluation = await TableAsync(spec.Evaluation, cancellationToken);
        bool explained = spec.Explanation.Rows > 0 || spec.Measures.RedTeam is not null;
        bool drift = spec.Measures.Drift is not null;
        return new AuditInputs
        {
            Subject = subject,
            Model = file,
            Encoding = encoding,
            Evaluation = evaluation,
            Background = explained && spec.Background is SpecData background ? await TableAsync(background, cancellationToken) : evaluation,
            Reference = drift ? await TableAsync(spec.Reference!, cancellationToken) : null,
            Current = drift && spec.Current is SpecData current ? await TableAsync(current, cancellationToken) : null,
        };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }
    }

    private string PathOf(string file) => Path.Combine(folder, file);

    private async Task<(AuditSubject, byte[], byte[]?)> FileAsync(SpecModel model, CancellationToken cancellationToken)
    {
        byte[]? encoding = model.Encoding is string named ? await UserFiles.ReadAsync(PathOf(named), cancellationToken) : null;
        string? encodingDigest = encoding is null ? null : ModelEncoding.Read(encoding).Sha256;
        byte[] file = (await AdmittedFile.ReadAsync(PathOf(model.File!), encoding, null, cancellationToken)).File;
        string digest = Convert.ToHexStringLower(SHA256.HashData(file));
        return (new AuditSubject(model.Name, 0, digest, digest, encodingDigest), file, encoding);
    }

    private async Task<(AuditSubject, byte[], byte[]?)> VersionAsync(SpecModel model, CancellationToken cancellationToken)
    {
        RegistryRun opened = await RegistryAsync(cancellationToken);
        (string name, int number) = model.VersionParts;
        UserId viewer = opened.Actor.User!.Value;
        ModelVersionId version = await new FindVersion(opened.Get<ModelQueries>()).RunAsync(viewer, name, number, cancellationToken)
            ?? throw new InputException($"There is no version {number} of '{name}', or not for this person.");
        VersionDetails? details = await opened.Get<VersionQueries>().FindAsync(viewer, version, cancellationToken);
        return details?.Viewer.RefusalFor(Right.RunAudit) is { } refusal
            ? throw new InputException(refusal.Sentence)
            : await opened.Get<LoadAuditInputs>().ModelAsync(version, cancellationToken);
    }

    private async Task<AuditTable> TableAsync(SpecData data, CancellationToken cancellationToken)
    {
        if (data.Traffic is TrafficDays traffic)
        {
            throw new InputException(
                $"Traffic is audited by schedules and in the portal. To audit it here, keep it first, 'governance traffic keep {traffic.Deployment} --days {traffic.Days}', and name that data set.");
        }

        string key = data.Dataset is null ? "file " + PathOf(data.File!) : "dataset " + data.Dataset;
        if (!tables.TryGetValue(key, out AuditTable? table))
        {
            table = data.Dataset is string dataset
                ? await (await RegistryAsync(cancellationToken)).Get<LoadAuditInputs>().TableAsync(dataset, cancellationToken)
                : await Task.Run(() => Read(PathOf(data.File!), data.Name, cancellationToken), cancellationToken);
            tables[key] = table;
        }

        return table;
    }

    private AuditTable Read(string path, string name, CancellationToken cancellationToken)
    {
        string digest;
        using (FileStream bytes = UserFiles.OpenRead(path))
        {
            digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        }

        return new AuditTable(name, digest, DataFile.Read(context, path, cancellationToken), null, null, null);
    }

    private async Task<RegistryRun> RegistryAsync(CancellationToken cancellationToken) => registry ??= user is null
        ? throw new InputException("The spec names registered versions or data sets: say with --data which folder, and with --as in whose name.")
        : await RegistryRun.OpenAsync(context, user, cancellationToken);
}
