using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Serving;

/// <summary>Reads how versions are served. Who may look is judged by who asks.</summary>
public sealed class ServingQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>How a version is served now.</summary>
    public async Task<ServingSettings> OfAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await LastAsync(db, version, cancellationToken))?.Settings ?? ServingSettings.Default;
    }

    internal static Task<ServingChoice?> LastAsync(GovernanceDb db, ModelVersionId version, CancellationToken cancellationToken) =>
        db.ServingChoices.AsNoTracking().Where(choice => choice.Version == version)
            .OrderByDescending(choice => choice.ChosenAt).ThenByDescending(choice => choice.Id).FirstOrDefaultAsync(cancellationToken);
}
