using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>Keeps what windows said: the last reading of each, and of each alert the last ones.</summary>
internal static class AlertWindows
{
    /// <summary>Windows kept of one alert: hysteresis looks at the last few, pages at some weeks.</summary>
    public const int Kept = 250;

    /// <summary>Windows with one more, in order of their end.</summary>
    public static IReadOnlyList<AlertWindow> With(IReadOnlyList<AlertWindow> known, AlertWindow window) =>
    [
        .. known.Where(each => each.From != window.From || each.To != window.To).Append(window).OrderBy(each => each.To).ThenBy(each => each.From),
    ];

    /// <summary>Puts a window into a context that is saved with the change.</summary>
    public static async Task PutAsync(GovernanceDb db, AlertWindow window, CancellationToken cancellationToken)
    {
        bool known = await db.AlertWindows.AsNoTracking()
            .AnyAsync(row => row.Alert == window.Alert && row.From == window.From && row.To == window.To, cancellationToken);
        db.Entry(window).State = known ? EntityState.Modified : EntityState.Added;
    }

    /// <summary>Keeps a window that changes nothing.</summary>
    public static async Task KeepAsync(IDbContextFactory<GovernanceDb> contexts, AlertWindow window, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await PutAsync(db, window, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            db.Entry(window).State = EntityState.Modified; // another process noted the same window first
            await db.SaveChangesAsync(cancellationToken);
        }

        AlertId alert = window.Alert;
        List<DateTimeOffset> old = await db.AlertWindows.AsNoTracking().Where(row => row.Alert == alert).OrderByDescending(row => row.To)
            .Skip(Kept).Take(1).Select(row => row.To).ToListAsync(cancellationToken);
        if (old is [DateTimeOffset last])
        {
            await db.AlertWindows.Where(row => row.Alert == alert && row.To <= last).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
