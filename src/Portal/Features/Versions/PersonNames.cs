using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Versions;

/// <summary>The names of accounts, for pages that know only ids.</summary>
internal sealed class PersonNames
{
    private readonly Dictionary<Guid, string> names;

    private PersonNames(Dictionary<Guid, string> names) => this.names = names;

    /// <summary>The name, "system" for null and the id where the account is gone.</summary>
    public string Of(UserId? user) =>
        user is not UserId id ? "system" : names.GetValueOrDefault(id.Value) is { Length: > 0 } name ? name : id.ToString();

    /// <summary>Reads the names of these accounts.</summary>
    public static async Task<PersonNames> LoadAsync(GovernanceDb db, IEnumerable<UserId> users, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. users.Select(user => user.Value).Distinct()];
        return new PersonNames(await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken));
    }
}
