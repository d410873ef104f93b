using Governance.Audit.Answers;
using Governance.Audit.Theft.Detection;
using Governance.Registry.Alarms;
using Governance.Registry.Versions;
using Microsoft.Extensions.Hosting;

namespace Governance.Audit.Theft;

/// <summary>Watches the queries of each person, each team and each version as a whole, and raises alarms.</summary>
/// <remarks>
/// A version's calibration comes with the version in memory (<see cref="CalibrateVersion"/>). States are kept encrypted after every <see cref="KeepEvery"/> rows and at the end of the process, so that a crash forgets no more
/// than that of a stream. While an alarm holds, its stream gets decisions alone; after the release its bets begin anew.
/// </remarks>
public sealed class WatchTraffic(WatchSeats seats, RaiseAlarm raise, OpenAlarms open) : IAnswerWatch, IHostedService, IDisposable
{
    /// <summary>Rows of a stream that a crash may forget.</summary>
    public const int KeepEvery = 50;

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <inheritdoc/>
    public ValueTask<bool> IsRestrictedAsync(WatchedParty party, CancellationToken cancellationToken) =>
        open.HoldForAsync(party, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ObserveAsync(WatchedAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Looked is not WatchedRow row)
        {
            return; // not calibrated, or a model of texts: budgets alone protect it
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            await ObserveAsync(answer, row, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The readings of a version's streams as they stand, the highest first.</summary>
    public async Task<IReadOnlyList<StreamReading>> ReadingsAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return [.. seats.All.Where(seat => seat.Key.Version == version)
                .Select(seat => new StreamReading(seat.Key.Stream, seat.Key.Holder, seat.Watch.Reading))
                .OrderByDescending(reading => reading.Reading.Level)];
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps all states.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await seats.KeepAllAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task ObserveAsync(WatchedAnswer answer, WatchedRow row, CancellationToken cancellationToken)
    {
        ModelVersionId asked = answer.Party.Version;
        WatchReading? own = null; // of the person, whose stream comes first
        foreach (SeatKey key in (SeatKey[])
            [
                new(asked, AlarmStream.Person, answer.Party.Principal.Value),
                .. answer.Party.Teams.Select(team => new SeatKey(asked, AlarmStream.Team, team.Value)),
                new(asked, AlarmStream.Model, null),
            ])
        {
            WatchSeat seat = await seats.TakeAsync(key, row.Placed.Calibration, cancellationToken);
            if (seat.Raised && !await open.HoldForAsync(key, cancellationToken))
            {
                seat.Watch.Reset();
                seat.Raised = false;
            }

            if (own is { IsAlarm: true })
            {
                // What one person did must not shut out their team or everybody: the alarm is theirs.
                if (!seat.Raised)
                {
                    seat.Watch.Reset();
                }

                continue;
            }

            WatchReading reading = seat.Watch.Observe(row, knownRow: answer.WhatIf is not null);
            bool another = own is { Level: > TrafficWatch.PersonLevel / 100 }; // the person's own alarm is near, and comes first
            if (reading.IsAlarm && !seat.Raised && !another)
            {
                await raise.RunAsync(
                    new AlarmReading(asked, key.Stream, key.Holder, reading.Strongest.ToString(), reading.Level, reading.Observed), cancellationToken);
                seat.Raised = true;
            }

            own ??= reading;
            if (++seat.Unkept >= KeepEvery)
            {
                seats.Keep(seat);
            }
        }
    }
}

/// <summary>A stream's reading.</summary>
/// <param name="Stream">Whose queries.</param>
/// <param name="Holder">The person or team; null for everybody.</param>
/// <param name="Reading">As it stands.</param>
public sealed record StreamReading(AlarmStream Stream, Guid? Holder, WatchReading Reading);
