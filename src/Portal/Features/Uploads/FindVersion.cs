using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Uploads;

/// <summary>Finds a version by the name of its model and its number, as far as a person may see it.</summary>
internal sealed class FindVersion(ModelQueries models)
{
    /// <summary>The version's id; null where it does not exist for the person.</summary>
    public async Task<ModelVersionId?> RunAsync(UserId viewer, string model, int number, CancellationToken cancellationToken) =>
        (await models.FindAsync(viewer, model, cancellationToken))?.Versions
            .FirstOrDefault(summary => summary.Version.Number == number)?.Version.Id;
}
