using System.Threading.Channels;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Protection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Serving;

/// <summary>A copy of an answered request for a shadow deployment.</summary>
/// <param name="Shadow">Which deployment.</param>
/// <param name="Policy">The model's own output policy; null for the built-in one.</param>
/// <param name="Rows">As people read them.</param>
/// <param name="Ids">The rows' ids, those of the answer, so that both can be compared.</param>
/// <param name="At">When it was answered.</param>
internal sealed record ShadowRequest(DeploymentView Shadow, OutputPolicyChoice? Policy, Table Rows, IReadOnlyList<string> Ids, DateTimeOffset At);

/// <summary>Computes copies of answered requests by shadow deployments, behind the answers: nobody is told, nobody is charged, nobody waits.</summary>
/// <remarks>One request at a time, in a bounded channel; a copy that finds it full is left out and counted.</remarks>
public sealed class ShadowTraffic(HostedModels models, ITrafficSink sink, ServingMeters meters, TimeProvider clock, ILogger<ShadowTraffic> log) : BackgroundService
{
    private const int MostWaiting = 1_000;

    private readonly Channel<ShadowRequest> waiting = Channel.CreateBounded<ShadowRequest>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private long leftOut;

    /// <summary>Requests of which no copy was computed, because too many waited or the version refused it.</summary>
    public long LeftOut => Interlocked.Read(ref leftOut);

    internal void Take(ShadowRequest request)
    {
        if (!waiting.Writer.TryWrite(request))
        {
            Interlocked.Increment(ref leftOut);
        }
    }

    /// <summary>Works until the host ends.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (ShadowRequest request in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await RunAsync(request, stoppingToken);
                }
                catch (Exception fault) when (fault is InputException || StoreDown.Is(fault))
                {
                    Interlocked.Increment(ref leftOut);
                    log.LogWarning(fault, "A copy for the shadow deployment {Deployment} was left out.", request.Shadow.Deployment.Id);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host ends; copies that wait are left out
        }
    }

    private async Task RunAsync(ShadowRequest request, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        using HostedLease lease = await models.TakeAsync(request.Shadow.Deployment.Version, request.Policy, cancellationToken);
        InputBatch batch = lease.Model.Encoder.Encode(request.Rows);
        Task<Prediction>[] runs = [.. Enumerable.Range(0, batch.Rows).Select(row => lease.Model.Batcher!.RunAsync(batch, row, null, Guid.Empty, cancellationToken))];
        Prediction[] outputs = await Task.WhenAll(runs);
        for (int row = 0; row < outputs.Length; row++)
        {
            ComputedRow computed = lease.Model.Decide(outputs[row], request.Rows.Take([row]), batch.Slice(row, 1));
            meters.Find(request.Shadow.Deployment.Version)?.NoteShadow();
            sink.TryAppend(ServedTraffic.Served(
                request.Shadow.Deployment.Id, request.Ids[row], request.At, request.Rows, row, computed, clock.GetElapsedTime(started)));
        }
    }
}
