using Governance.Registry.Ledger;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>What a watch saw.</summary>
/// <param name="Version">The version that was asked.</param>
/// <param name="Stream">Whose queries.</param>
/// <param name="Holder">The person or team; null for everybody.</param>
/// <param name="Detector">What saw it most.</param>
/// <param name="Level">The evidence.</param>
/// <param name="Observed">Distinct rows of the stream.</param>
public sealed record AlarmReading(ModelVersionId Version, AlarmStream Stream, Guid? Holder, string Detector, double Level, long Observed);

/// <summary>Puts an alarm on record; one that holds for the same stream and model is not doubled.</summary>
public sealed class RaiseAlarm(AppendGate gate)
{
    /// <summary>Raises it.</summary>
    /// <param name="reading">What a watch saw.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The alarm that holds from now on.</returns>
    public Task<TheftAlarm> RunAsync(AlarmReading reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return gate.RunAsync(Actor.System, async change =>
        {
            ModelVersion version = await change.Db.Versions.AsNoTracking().FirstAsync(row => row.Id == reading.Version, cancellationToken);
            if (await AlarmQueries.Holding(change.Db).OrderByDescending(alarm => alarm.RaisedAt).FirstOrDefaultAsync(
                alarm => alarm.Model == version.Model && alarm.Stream == reading.Stream && alarm.Holder == reading.Holder, cancellationToken)
                is TheftAlarm before)
            {
                return before;
            }

            TheftAlarm alarm = new(
                TheftAlarmId.New(), version.Model, version.Id, reading.Stream, reading.Holder, reading.Detector, reading.Level,
                reading.Observed, change.Now);
            change.Add(alarm, "alarm.raised", new LedgerSubject(LedgerSubject.Model, version.Model.ToString()));
            return alarm;
        }, cancellationToken);
    }
}
