using System.Security.Claims;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Datasets;

/// <summary>Reads data sets, their columns and digests, never their rows.</summary>
internal sealed class ReadDatasets(IDbContextFactory<GovernanceDb> databases)
{
    /// <summary>Whether the person sees data sets at all: whoever may see some model in full.</summary>
    public static bool MaySee(Person person) => person.Roles.Any(role =>
        AccessPolicy.CellOf(role, Right.SeeModel) is Allowance.Granted or Allowance.All);

    /// <summary>All by name (none where the person sees none), and who asks.</summary>
    public async Task<(Person Person, IReadOnlyList<Dataset> Datasets)> ListAsync(
        ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        Person person = await Standing.FindPersonAsync(db, user.Id(), cancellationToken) ?? new Person(user.Id(), "", new HashSet<Role>());
        return (person, MaySee(person)
            ? await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(cancellationToken)
            : []);
    }
}
