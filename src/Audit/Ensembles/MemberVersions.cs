using System.Globalization;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Ensembles;

/// <summary>Finds versions by the names that recipes give them.</summary>
internal static class MemberVersions
{
    /// <summary>The version of a name such as "credit/3"; null where there is none.</summary>
    public static async Task<(Model Model, ModelVersion Version)?> FindAsync(GovernanceDb db, string name, CancellationToken cancellationToken)
    {
        int slash = name.LastIndexOf('/');
        if (slash < 1 || !int.TryParse(name.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return null;
        }

        string owner = name[..slash];
        var found = await (
            from version in db.Versions.AsNoTracking()
            join model in db.Models.AsNoTracking() on version.Model equals model.Id
            where model.Name == owner && version.Number == number
            select new { Model = model, Version = version }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Model, found.Version);
    }
}
