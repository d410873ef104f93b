using System.Collections.Concurrent;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Theft.Detection;
using Governance.Registry.Alarms;
using Governance.Registry.Artifacts;
using Governance.Registry.Versions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Theft;

/// <summary>Watches the queries of each person, each team and each version as a whole, and raises alarms.</summary>
/// <remarks>
/// A version's calibration is made in the background when it is first asked; rows asked meanwhile wait for it. States are
/// kept encrypted after every <see cref="KeepEvery"/> rows and at the end of the process, so that a crash forgets no more
/// than that of a stream. While an alarm holds, its stream gets decisions alone; after the release its bets begin anew.
/// </remarks>
public sealed class WatchTraffic(
    CalibrateVersion calibrate, WatchSeats seats, RaiseAlarm raise, OpenAlarms open, TimeProvider clock, ILogger<WatchTraffic> log)
    : IAnswerWatch, IHostedService, IDisposable
{
    /// <summary>Rows of a stream that a crash may forget.</summary>
    public const int KeepEvery = 50;

    // After so long a version that could not be calibrated is tried again: it may have been audited since.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const int MostWaiting = 1_000;

    private readonly ConcurrentDictionary<ModelVersionId, Desk> desks = [];
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <inheritdoc/>
    public ValueTask<bool> IsRestrictedAsync(WatchedParty party, CancellationToken cancellationToken) =>
        open.HoldForAsync(party, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ObserveAsync(WatchedAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Row.IsEmpty)
        {
            return; // a model of texts: budgets alone protect it
        }

        ModelVersionId asked = answer.Party.Version;
        Desk desk = desks.GetOrAdd(asked, version => new Desk(
            new Lazy<Task<VersionWatch?>>(() => Task.Run(() => CalibrateAsync(version))), clock.GetTimestamp()));
        if (desk.Waiting.Count < MostWaiting)
        {
            desk.Waiting.Enqueue(answer);
        }

        if (!desk.Calibration.Value.IsCompleted)
        {
            return;
        }

        VersionWatch? watch = await desk.Calibration.Value;
        await DrainAsync(desk, watch, cancellationToken);
        if (watch is null && clock.GetElapsedTime(desk.Since) > Patience)
        {
            desks.TryRemove(new KeyValuePair<ModelVersionId, Desk>(asked, desk));
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

    private async Task<VersionWatch?> CalibrateAsync(ModelVersionId version)
    {
        try
        {
            return await calibrate.RunAsync(version, CancellationToken.None);
        }
        catch (Exception fault) when (fault is InputException or ArtifactDamagedException or ArtifactKeyException or IOException)
        {
            log.LogWarning(fault, "Version {Version} could not be calibrated; its traffic is not watched.", version);
            return null;
        }
    }

    private async Task DrainAsync(Desk desk, VersionWatch? version, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (desk.Waiting.TryDequeue(out WatchedAnswer? answer))
            {
                if (version is not null && answer.Row.Length == version.Calibration.Width)
                {
                    await ObserveAsync(version, answer, cancellationToken);
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task ObserveAsync(VersionWatch version, WatchedAnswer answer, CancellationToken cancellationToken)
    {
        WatchedRow row = version.Calibration.Look(answer.Row.Span, version.MarginOf(answer.Score));
        ModelVersionId asked = answer.Party.Version;
        WatchReading? own = null; // of the person, whose stream comes first
        foreach (SeatKey key in (SeatKey[])
            [
                new(asked, AlarmStream.Person, answer.Party.Principal.Value),
                .. answer.Party.Teams.Select(team => new SeatKey(asked, AlarmStream.Team, team.Value)),
                new(asked, AlarmStream.Model, null),
            ])
        {
            WatchSeat seat = await seats.TakeAsync(key, version.Calibration, cancellationToken);
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

    private sealed record Desk(Lazy<Task<VersionWatch?>> Calibration, long Since)
    {
        public ConcurrentQueue<WatchedAnswer> Waiting { get; } = [];
    }
}

/// <summary>A stream's reading.</summary>
/// <param name="Stream">Whose queries.</param>
/// <param name="Holder">The person or team; null for everybody.</param>
/// <param name="Reading">As it stands.</param>
public sealed record StreamReading(AlarmStream Stream, Guid? Holder, WatchReading Reading);
