using System.Diagnostics;
using System.Threading.Channels;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Theft.Attacks;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Artifacts;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Theft.Gauge;

/// <summary>Gathers what each principal was answered, and reads the extraction gauge again and again, behind the answers.</summary>
/// <remarks>
/// Off the way of answers: a request is handed over in a channel, and one that finds it full is not gauged. One reading at a
/// time, of at most <see cref="Limit"/>, then a pause of four times as long, so that it takes a fifth of one core at most. A
/// principal is read at 10 answers and after every further quarter. Each node of several gauges what it answered itself.
/// </remarks>
public sealed class GaugeAnswers(
    HostedModels models, WatchFiles files, RecordGauge record, TimeProvider clock, ILogger<GaugeAnswers> log) : BackgroundService
{
    /// <summary>The fewest answers that are gauged.</summary>
    public const int LeastAnswers = 10;

    private const int MostWaiting = 1_000;
    private const int MostSeats = 200;
    private const int KeepEvery = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Channel<AnsweredRequest> waiting = Channel.CreateBounded<AnsweredRequest>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly Dictionary<(ModelVersionId Version, UserId Principal), GaugeSeat> seats = [];
    private readonly Dictionary<ModelVersionId, (string Data, MeasureGauge? Gauge)> gauges = [];
    private long uses;

    /// <summary>Hands over what was answered. Returns at once.</summary>
    public void Take(AnsweredRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Answers.Count > 0 && !waiting.Writer.TryWrite(request))
        {
            log.LogDebug("The extraction gauge is behind; a request is not gauged.");
        }
    }

    /// <summary>Runs until the host ends, and then keeps what it gathered.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                while (waiting.Reader.TryRead(out AnsweredRequest? request))
                {
                    await GuardAsync(() => AddAsync(request, stoppingToken), request.Version, stoppingToken);
                }

                foreach (GaugeSeat seat in seats.Values.Where(seat => seat.IsDue).ToArray())
                {
                    long started = Stopwatch.GetTimestamp();
                    await GuardAsync(() => ReadAsync(seat, stoppingToken), seat.Version, stoppingToken);
                    await Task.Delay(4 * Stopwatch.GetElapsedTime(started), clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host ends
        }

        while (waiting.Reader.TryRead(out AnsweredRequest? request))
        {
            await GuardAsync(() => AddAsync(request, CancellationToken.None), request.Version, CancellationToken.None);
        }

        foreach (GaugeSeat seat in seats.Values.Where(seat => seat.Unkept > 0).ToArray())
        {
            await GuardAsync(() => KeepAsync(seat), seat.Version, CancellationToken.None);
        }
    }

    private async Task AddAsync(AnsweredRequest request, CancellationToken cancellationToken)
    {
        GaugeSeat seat = await SeatAsync(request, cancellationToken);
        seat.LastUse = ++uses;
        long before = seat.Answers.Total;
        seat.Answers.Add(request.Answers.SelectMany(one => KeptAnswer.Of(seat.Answers.Columns, request.Rows, one.Row, one.Answer, request.At)));
        seat.Unkept += seat.Answers.Total - before;
        if (seat.Unkept >= KeepEvery)
        {
            await KeepAsync(seat);
        }
    }

    private async Task<GaugeSeat> SeatAsync(AnsweredRequest request, CancellationToken cancellationToken)
    {
        if (seats.TryGetValue((request.Version, request.Principal), out GaugeSeat? seat))
        {
            return seat;
        }

        string[] columns = [.. request.Rows.Columns.Select(column => column.Name)];
        byte[]? kept = await files.FindAsync(FileOf(request.Version, request.Principal), cancellationToken);
        seat = seats[(request.Version, request.Principal)] = new GaugeSeat(
            request, (kept is null ? null : KeptAnswers.Read(kept, columns)) ?? new KeptAnswers(columns));
        if (seats.Count > MostSeats)
        {
            GaugeSeat oldest = seats.Values.Where(other => other != seat).MinBy(other => other.LastUse)!;
            await KeepAsync(oldest);
            seats.Remove((oldest.Version, oldest.Principal));
        }

        return seat;
    }

    private async Task ReadAsync(GaugeSeat seat, CancellationToken cancellationToken)
    {
        seat.Answers.Measured = seat.Answers.Total; // also where it fails: not to try it again at every row
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        using HostedLease lease = await models.TakeAsync(seat.Version, seat.First.Policy, cancellationToken);
        if (await GaugeOfAsync(seat.Version, lease.Model, limited.Token) is not MeasureGauge gauge)
        {
            return;
        }

        GaugeFigures figures = await Task.Run(() => gauge.Run(seat.Answers, limited.Token), limited.Token);
        await KeepAsync(seat);
        if (figures.Answers > 0)
        {
            await record.RunAsync(
                new GaugeReading
                {
                    Model = seat.First.Model, Version = seat.Version, Principal = seat.Principal, Answers = figures.Answers, Fidelity = figures.Fidelity,
                    Low = figures.Low, High = figures.High, Agreement = figures.Agreement, Retrain = gauge.Retrain.Fidelity, Judged = figures.Judged,
                    Family = figures.Family, MeasuredAt = Microseconds.Truncate(clock.GetUtcNow()),
                },
                cancellationToken);
        }
    }

    // Null where a version cannot be gauged: it reads texts or pictures, or has too few reference rows.
    private async Task<MeasureGauge?> GaugeOfAsync(ModelVersionId version, HostedModel model, CancellationToken cancellationToken)
    {
        if (model.Reference is not ReferenceData reference)
        {
            return null;
        }

        if (!gauges.TryGetValue(version, out (string Data, MeasureGauge? Gauge) known) || known.Data != reference.Data.Digest)
        {
            MeasureGauge? gauge = null;
            try
            {
                gauge = await Task.Run(
                    () => MeasureGauge.Of(Victim.Of(model.Predictor, model.Encoder, model.Rule, reference.Data.Table, cancellationToken), cancellationToken),
                    cancellationToken);
            }
            catch (InputException fault)
            {
                log.LogInformation(fault, "Version {Version} is not gauged.", version);
            }

            known = gauges[version] = (reference.Data.Digest, gauge);
        }

        return known.Gauge;
    }

    private async Task KeepAsync(GaugeSeat seat)
    {
        seat.Unkept = 0;
        await files.KeepAsync(FileOf(seat.Version, seat.Principal), seat.Answers.ToBytes(), CancellationToken.None);
    }

    // What cannot be gauged now is gauged with the next answers: nobody waits for it, and it stops nobody.
    private async Task GuardAsync(Func<Task> work, ModelVersionId version, CancellationToken stoppingToken)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (StoreDown.Is(fault)
            || fault is InputException or IOException or ArtifactDamagedException or ArtifactKeyException or ArgumentException or InvalidOperationException
            || (fault is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            log.LogWarning(fault, "The extraction gauge of version {Version} could not be read.", version);
        }
    }

    private static string FileOf(ModelVersionId version, UserId principal) => $"answers {version} {principal}";
}
