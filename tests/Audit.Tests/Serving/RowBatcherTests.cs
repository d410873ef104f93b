using System.Collections.Concurrent;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Governance.Registry.Serving;

namespace Governance.Audit.Tests.Serving;

public sealed class RowBatcherTests
{
    private static readonly Guid Principal = Guid.CreateVersion7();
    private static readonly InputBatch Rows = GivenServing.Rows(1, [.. Enumerable.Range(0, 64).Select(at => (float)at)]);

    [Fact]
    public async Task Each_row_gets_its_own_output_and_rows_that_wait_share_a_run()
    {
        ConcurrentQueue<int> sizes = new();
        using ManualResetEventSlim open = new();
        ServingMeter meter = GivenServing.Meter();
        RowBatcher batcher = GivenServing.Batcher(
            (batch, _) =>
            {
                open.Wait(CancellationToken.None);
                sizes.Enqueue(batch.Rows);
                return GivenServing.Numbers(GivenServing.First(batch).Select(x => x * 2.0));
            },
            meter: meter);

        Task<Prediction>[] runs = [.. Enumerable.Range(0, 64).Select(row => batcher.RunAsync(Rows, row, null, Principal, default))];
        await Task.Delay(50);
        open.Set();
        Prediction[] outputs = await Task.WhenAll(runs);

        Assert.Equal(Enumerable.Range(0, 64).Select(row => row * 2.0), outputs.Select(output => output["y"].Numbers![0]));
        Assert.True(sizes.Count <= 24, $"{sizes.Count} runs of 64 rows");
        Assert.All(sizes, size => Assert.Contains(size, batcher.Form.Sizes));
        Assert.Equal((64, (long)sizes.Count), ((int)meter.Batches.Sum, meter.Batches.Count));
    }

    [Fact]
    public async Task Rows_that_come_together_are_dealt_out_evenly_to_the_cores_in_runs_of_at_least_sixteen()
    {
        ConcurrentQueue<int> sizes = new();
        using ManualResetEventSlim taken = new();
        RowBatcher batcher = GivenServing.Batcher((batch, _) =>
        {
            sizes.Enqueue(batch.Rows);
            if (sizes.Sum() >= 64)
            {
                taken.Set();
            }

            taken.Wait(TimeSpan.FromSeconds(30), CancellationToken.None); // every core has its share before one is done
            return GivenServing.Numbers(GivenServing.First(batch).Select(x => (double)x));
        }, new ServingSettings { DelayMilliseconds = 60_000 }, form: new BatchForm(1, [1, 2, 4, 8, 16, 24, 32, 48, 64])); // until all are there

        using BatchSeats seats = batcher.Reserve(64)!;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(row => batcher.RunAsync(Rows, row, seats, Principal, default)));

        int share = batcher.Form.SizeFor(Math.Max(16, (64 + RunTurns.Lanes - 1) / RunTurns.Lanes));
        Assert.Equal((64 + share - 1) / share, sizes.Count);
        Assert.Equal(share, sizes.Max());
    }

    [Fact]
    public async Task A_row_that_the_model_refuses_fails_alone()
    {
        RowBatcher batcher = GivenServing.Batcher((batch, _) => GivenServing.First(batch).Contains(13)
            ? throw new InputException("No thirteens.")
            : GivenServing.Numbers(GivenServing.First(batch).Select(x => (double)x)));

        Task<Prediction>[] runs = [.. Enumerable.Range(0, 20).Select(row => batcher.RunAsync(Rows, row, null, Principal, default))];

        for (int row = 0; row < runs.Length; row++)
        {
            if (row == 13)
            {
                Assert.Equal("No thirteens.", (await Assert.ThrowsAsync<InputException>(() => runs[13])).Message);
            }
            else
            {
                Assert.Equal(row, (await runs[row])["y"].Numbers![0]);
            }
        }
    }

    [Fact]
    public async Task Whoever_goes_away_ends_a_run_that_nobody_else_waits_for_and_no_other()
    {
        using CancellationTokenSource gone = new();
        TaskCompletionSource running = new();
        TaskCompletionSource<bool> terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RowBatcher batcher = GivenServing.Batcher((batch, token) =>
        {
            if (GivenServing.First(batch)[0] == 7)
            {
                running.TrySetResult();
                terminated.SetResult(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)));
                token.ThrowIfCancellationRequested();
            }

            return GivenServing.Numbers(GivenServing.First(batch).Select(x => (double)x));
        });

        Task<Prediction> slow = batcher.RunAsync(Rows, 7, null, Principal, gone.Token);
        await running.Task;
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Assert.Equal(3, (await batcher.RunAsync(Rows, 3, null, Principal, default))["y"].Numbers![0]);
        Assert.True(await terminated.Task); // the caller leaves before the run has ended
    }

    [Fact]
    public void More_rows_than_may_wait_are_refused_before_anything_else_happens_and_the_door_refuses_all()
    {
        ServingDoor door = new();
        ServingMeter meter = GivenServing.Meter();
        RowBatcher batcher = GivenServing.Batcher((_, _) => throw new InvalidOperationException(), new ServingSettings { QueueRows = 10 }, door, meter: meter);

        BatchSeats? first = batcher.Reserve(8);
        Assert.NotNull(first);
        Assert.Null(batcher.Reserve(3));
        using (BatchSeats? second = batcher.Reserve(2))
        {
            Assert.NotNull(second);
        }

        first.Dispose();
        first.Dispose(); // twice gives nothing back twice
        using (BatchSeats? large = batcher.Reserve(50))
        {
            Assert.NotNull(large); // alone
            Assert.Null(batcher.Reserve(1));
        }

        door.Close();
        Assert.Null(batcher.Reserve(1));
        Assert.Equal(3, meter.Refused);
    }

    [Fact]
    public async Task A_row_waits_for_rows_that_are_on_their_way_and_never_for_nobody()
    {
        ConcurrentQueue<int> sizes = new();
        RowBatcher batcher = GivenServing.Batcher(
            (batch, _) =>
            {
                sizes.Enqueue(batch.Rows);
                return GivenServing.Numbers(GivenServing.First(batch).Select(x => (double)x));
            },
            new ServingSettings { DelayMilliseconds = 1_000 });

        using (BatchSeats one = batcher.Reserve(1)!)
        {
            await batcher.RunAsync(Rows, 0, one, Principal, default).WaitAsync(TimeSpan.FromMilliseconds(800));
        }

        using BatchSeats first = batcher.Reserve(1)!;
        using BatchSeats second = batcher.Reserve(1)!;
        Task<Prediction> waits = batcher.RunAsync(Rows, 1, first, Principal, default);
        await Task.Delay(50);
        Assert.False(waits.IsCompleted);
        await batcher.RunAsync(Rows, 2, second, Principal, default);
        await waits;

        Assert.Equal([1, 2], sizes);
    }

    [Fact]
    public async Task A_fault_of_ours_reaches_whoever_waits_and_the_next_row_is_served()
    {
        bool broken = true;
        RowBatcher batcher = GivenServing.Batcher((batch, _) => broken
            ? throw new InvalidOperationException("Ours.")
            : GivenServing.Numbers(GivenServing.First(batch).Select(x => (double)x)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.RunAsync(Rows, 0, null, Principal, default));
        broken = false;

        Assert.Equal(1, (await batcher.RunAsync(Rows, 1, null, Principal, default))["y"].Numbers![0]);
    }
}
