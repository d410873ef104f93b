using Governance.Audit.Theft.Detection;
using Governance.Registry.Alarms;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Theft;

/// <summary>The watches of all streams: those in use in memory, the others in encrypted files. Used by one caller at a time.</summary>
public sealed class WatchSeats(WatchFiles files, ILogger<WatchSeats> log)
{
    private const int MostSeats = 1_000;

    private readonly Dictionary<SeatKey, WatchSeat> seats = [];
    private readonly Lock savingLock = new();
    private Task saving = Task.CompletedTask; // one file after another, off the way of answers
    private long uses;

    internal IEnumerable<WatchSeat> All => seats.Values;

    /// <summary>The seat of a stream: in memory, else as it was kept, else new.</summary>
    internal async Task<WatchSeat> TakeAsync(SeatKey key, WatchCalibration calibration, CancellationToken cancellationToken)
    {
        if (!seats.TryGetValue(key, out WatchSeat? seat) || seat.Watch.Calibration.Digest != calibration.Digest)
        {
            TrafficWatch? kept = null;
            if (await files.FindAsync(key.File, cancellationToken) is byte[] state)
            {
                try
                {
                    kept = TrafficWatch.Restore(calibration, state, key.Level);
                }
                catch (InvalidDataException)
                {
                    // of another release of this program: the stream is watched from now on
                }
            }

            seat = seats[key] = new WatchSeat(key, kept ?? new TrafficWatch(calibration, key.Level));
            if (seats.Count > MostSeats)
            {
                WatchSeat oldest = seats.Values.Where(other => other != seat).MinBy(other => other.LastUse)!;
                seats.Remove(oldest.Key);
                Keep(oldest);
            }
        }

        seat.LastUse = ++uses;
        return seat;
    }

    /// <summary>Keeps the states of all seats that changed, and waits for it.</summary>
    internal async Task KeepAllAsync(CancellationToken cancellationToken)
    {
        foreach (WatchSeat seat in seats.Values.Where(seat => seat.Unkept > 0))
        {
            Keep(seat);
        }

        await saving.WaitAsync(cancellationToken);
    }

    /// <summary>Keeps a seat's state, in the background.</summary>
    internal void Keep(WatchSeat seat)
    {
        seat.Unkept = 0;
        byte[] state = seat.Watch.ToBytes();
        lock (savingLock)
        {
            saving = SaveAsync(saving, seat.Key, state);
        }
    }

    private async Task SaveAsync(Task before, SeatKey key, byte[] state)
    {
        await before;
        try
        {
            await Task.Run(() => files.KeepAsync(key.File, state, CancellationToken.None));
        }
        catch (IOException fault)
        {
            log.LogWarning(fault, "The state of a watch could not be kept.");
        }
    }
}
