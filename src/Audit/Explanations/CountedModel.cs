using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>A model that is called in batches of one recorded size, on several threads, and counted.</summary>
/// <remarks>
/// Where the batches begin depends on the rows alone, never on the thread count: some kernels of a runtime give a row
/// other last bits in another batch, and evidence must not.
/// </remarks>
public sealed class CountedModel
{
    /// <summary>The most rows of one call: enough to hide the cost of a call, small enough to stay in cache.</summary>
    public const int BatchRows = 1024;

    /// <summary>The most bytes of one call's inputs.</summary>
    public const int BatchBytes = 4 << 20;

    private readonly ScoreRows score;
    private long rows;
    private long calls;
    private long bytes;

    /// <summary>Wraps a model.</summary>
    /// <param name="score">The model.</param>
    public CountedModel(ScoreRows score) => this.score = score;

    /// <summary>Rows sent to the model so far.</summary>
    public long Rows => Interlocked.Read(ref rows);

    /// <summary>Calls to the model so far.</summary>
    public long Calls => Interlocked.Read(ref calls);

    /// <summary>Bytes of inputs handed to the model and of numbers that came back, as doubles.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Counts rows that were run by another way than scoring, such as with their gradient; a call.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="bytes">Bytes that passed to and fro.</param>
    public void Count(long rows, long bytes)
    {
        Interlocked.Add(ref this.rows, rows);
        Interlocked.Add(ref this.bytes, bytes);
        Interlocked.Increment(ref calls);
    }

    /// <summary>Counts bytes that passed beside rows.</summary>
    public void Move(long bytes) => Interlocked.Add(ref this.bytes, bytes);

    /// <summary>Rows of one call where a row has so many bytes.</summary>
    public static int BatchSize(int rowBytes) => Math.Clamp(BatchBytes / Math.Max(rowBytes, 1), 1, BatchRows);

    /// <summary>Scores rows that are made batch by batch.</summary>
    /// <param name="count">The number of rows, at least 0.</param>
    /// <param name="outputs">Outputs a row.</param>
    /// <param name="rowBytes">The size of a row.</param>
    /// <param name="make">Makes the rows start … start + count - 1; called from several threads.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [rows, outputs].</returns>
    /// <exception cref="InvalidOperationException">The model returned another number of values.</exception>
    public double[] Score(
        int count, int outputs, int rowBytes, Func<int, int, InputBatch> make, int threads, CancellationToken cancellationToken)
    {
        double[] scores = new double[(long)count * outputs];
        Score(scores, count, outputs, rowBytes, make, null, threads, cancellationToken);
        return scores;
    }

    /// <summary>Scores rows into memory of the caller's.</summary>
    /// <param name="scores">The first rows × outputs numbers are overwritten, row-major.</param>
    /// <param name="count">The number of rows, at least 0.</param>
    /// <param name="outputs">Outputs a row.</param>
    /// <param name="rowBytes">The size of a row.</param>
    /// <param name="make">Makes the rows start … start + count - 1; called from several threads.</param>
    /// <param name="release">Told of each batch when the model is done with it; null for nobody.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InvalidOperationException">The model returned another number of values.</exception>
    public void Score(
        double[] scores, int count, int outputs, int rowBytes, Func<int, int, InputBatch> make, Action<InputBatch>? release, int threads,
        CancellationToken cancellationToken)
    {
        int size = BatchSize(rowBytes);
        int batches = (count + size - 1) / size;
        if (threads == 1 || batches == 1)
        {
            for (int batch = 0; batch < batches; batch++)
            {
                ScoreBatch(batch);
            }

            return;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Unwrapped.For(batches, options, ScoreBatch);

        void ScoreBatch(int batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = batch * size;
            int length = Math.Min(size, count - start);
            InputBatch made = make(start, length);
            double[] scored = score(made, cancellationToken);
            release?.Invoke(made);
            if (scored.Length != length * outputs)
            {
                throw new InvalidOperationException(
                    $"The model returned {scored.Length} values for {length} rows of {outputs} outputs.");
            }

            Interlocked.Add(ref rows, length);
            Interlocked.Add(ref bytes, length * (rowBytes + ((long)sizeof(double) * outputs)));
            Interlocked.Increment(ref calls);
            scored.CopyTo(scores, (long)start * outputs);
        }
    }
}
