namespace Governance.Audit.Theft.Detection;

/// <summary>What a watch says after a row.</summary>
/// <param name="Level">
/// The evidence against honest traffic: the mean over the detectors of what their bets have grown to, at least 0.5 and
/// about 1 in honest traffic; <see cref="TrafficWatch.Level"/> is an alarm.
/// </param>
/// <param name="IsAlarm">Whether the alarm level was reached now or since the last reset.</param>
/// <param name="Strongest">The detector whose bet has grown most.</param>
/// <param name="Observed">Distinct rows counted so far.</param>
/// <param name="IsRepeat">Whether the row was one of the last 200 and so was not counted.</param>
/// <param name="IsOutside">See <see cref="WatchedRow.IsOutside"/>.</param>
public readonly record struct WatchReading(
    double Level, bool IsAlarm, WatchDetector Strongest, long Observed, bool IsRepeat, bool IsOutside);
