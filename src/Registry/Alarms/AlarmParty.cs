using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>Whose queries raised an alarm, and who can prove that it was them.</summary>
/// <param name="Name">The person's or team's name, or the service account's.</param>
/// <param name="Confirmer">
/// Who proves who they are: the person, or for a service account the person who answers for it; null for teams and everybody.
/// </param>
/// <param name="IsService">Whether it is a program.</param>
/// <param name="IsOrphaned">Whether the account of <paramref name="Confirmer"/> is closed: then administrators confirm.</param>
public sealed record AlarmParty(string Name, UserId? Confirmer, bool IsService, bool IsOrphaned)
{
    /// <summary>What everybody together is called.</summary>
    public const string Everybody = "everybody together";

    /// <summary>Reads whose queries raised alarms, by alarm.</summary>
    internal static async Task<Dictionary<TheftAlarmId, AlarmParty>> LoadAsync(
        GovernanceDb db, IReadOnlyCollection<TheftAlarm> alarms, CancellationToken cancellationToken)
    {
        Guid[] holders = [.. alarms.Select(alarm => alarm.Holder).OfType<Guid>().Distinct()];
        Dictionary<Guid, GovernanceUser> accounts = await db.Users.AsNoTracking().Where(user => holders.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, cancellationToken);
        Guid[] owners = [.. accounts.Values.Select(account => account.Owner?.Value).OfType<Guid>().Distinct()];
        HashSet<Guid> closed = [.. await db.Users.AsNoTracking().Where(user => owners.Contains(user.Id) && user.Deactivated)
            .Select(user => user.Id).ToListAsync(cancellationToken)];
        Dictionary<Guid, string> teams = await db.Teams.AsNoTracking().ToDictionaryAsync(team => team.Id.Value, team => team.Title, cancellationToken);
        return alarms.ToDictionary(alarm => alarm.Id, alarm => Of(alarm, accounts, closed, teams));
    }

    private static AlarmParty Of(
        TheftAlarm alarm, Dictionary<Guid, GovernanceUser> accounts, HashSet<Guid> closed, Dictionary<Guid, string> teams)
    {
        if (alarm.Holder is not Guid holder)
        {
            return new AlarmParty(Everybody, null, false, false);
        }

        if (alarm.Stream == AlarmStream.Team)
        {
            return new AlarmParty(teams.GetValueOrDefault(holder, "a team"), null, false, false);
        }

        GovernanceUser? account = accounts.GetValueOrDefault(holder);
        return account?.Owner is UserId owner
            ? new AlarmParty(account.DisplayName, owner, true, closed.Contains(owner.Value))
            : new AlarmParty(account?.DisplayName ?? "somebody", new UserId(holder), false, account is not { Deactivated: false });
    }
}
