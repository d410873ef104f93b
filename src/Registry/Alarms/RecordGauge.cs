using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>Keeps a reading of the extraction gauge, and marks who passed it.</summary>
public sealed class RecordGauge(IDbContextFactory<GovernanceDb> contexts, AppendGate gate)
{
    /// <summary>Keeps it in place of the one before.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the principal is marked by it, for the first time.</returns>
    public async Task<bool> RunAsync(GaugeReading reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            bool known = await db.GaugeReadings.AsNoTracking()
                .AnyAsync(row => row.Version == reading.Version && row.Principal == reading.Principal, cancellationToken);
            db.Entry(reading).State = known ? EntityState.Modified : EntityState.Added;
            await db.SaveChangesAsync(cancellationToken);
        }

        return reading.Passes && await gate.RunAsync(Actor.System, change => MarkAsync(change, reading, cancellationToken), cancellationToken);
    }

    // The owner has the model: nothing is kept from them.
    private static async Task<bool> MarkAsync(RegistryChange change, GaugeReading reading, CancellationToken cancellationToken)
    {
        Model model = await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == reading.Model, cancellationToken);
        if (model.Owner == reading.Principal
            || await change.Db.GaugeMarks.AnyAsync(mark => mark.Model == reading.Model && mark.Principal == reading.Principal, cancellationToken))
        {
            return false;
        }

        change.Add(
            new GaugeMark(
                GaugeMarkId.New(), reading.Model, reading.Version, reading.Principal, reading.Answers, reading.Fidelity, reading.Low,
                reading.High, reading.Retrain, reading.Judged, reading.Family, change.Now),
            "gauge.passed", model.Subject);
        return true;
    }
}
