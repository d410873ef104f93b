using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Documents;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Policies;

/// <summary>The readers of pages for the command line, which sees what its person would see there.</summary>
internal sealed class VersionReaders
{
    private readonly RegistryRun registry;

    /// <summary>Readers over an open registry.</summary>
    public VersionReaders(RegistryRun registry)
    {
        this.registry = registry;
        Databases = registry.Get<IDbContextFactory<GovernanceDb>>();
        Versions = new ReadVersion(Databases);
        ArtifactStore store = registry.Get<ArtifactStore>();
        Masked = new MaskedFindings(Databases, store, registry.Get<ShowCohorts>());
        Findings = new ReadFindings(new SealedDocuments(store), Masked);
        Sources = new ReadDocumentSource(
            Findings, registry.Get<PolicyQueries>(), registry.Get<CheckpointQueries>(), Databases, registry.Get<TimeProvider>());
    }

    public IDbContextFactory<GovernanceDb> Databases { get; }

    public ReadVersion Versions { get; }

    public MaskedFindings Masked { get; }

    public ReadFindings Findings { get; }

    public ReadDocumentSource Sources { get; }

    /// <summary>The version of a name such as hmda-mortgage/3.</summary>
    /// <exception cref="InputException">It is no such name, or there is none for this person.</exception>
    public async Task<VersionView> FindAsync(string name, CancellationToken cancellationToken)
    {
        int slash = name.LastIndexOf('/');
        return slash <= 0 || !int.TryParse(name[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? throw new InputException($"A version is named MODEL/NUMBER such as hmda-mortgage/3, not '{name}'.")
            : await Versions.FindAsync(name[..slash], number, registry.Actor.User!.Value, cancellationToken)
                ?? throw new InputException($"There is no version '{name}', or not for this person.");
    }
}
