using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>A loaded model that values coalitions itself: see <see cref="FusedGraph"/>.</summary>
/// <remarks>
/// Coalitions go in groups of a size that the shapes and the memory decide, never the threads, so that threads change no
/// bit. Where a group does not fit the memory after all, it is halved, and stays so. Safe to use from several threads.
/// </remarks>
internal sealed class FusedModel : IDisposable
{
    private readonly FusedSessions sessions;
    private readonly FusableModel model;
    private readonly FusedBackground background;
    private readonly bool owned;

    /// <summary>Loads a model for one background.</summary>
    /// <param name="model">What is fused; its graph is changed.</param>
    /// <param name="background">The reference rows.</param>
    /// <param name="provider">"cpu" or "cuda".</param>
    /// <param name="sessions">Sessions side by side, at least 1.</param>
    /// <param name="rowsAtOnce">Masked rows of one run, at least 1.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">The runtime refuses the graph.</exception>
    public FusedModel(
        FusableModel model, FusedBackground background, string provider, int sessions, int rowsAtOnce, CancellationToken cancellationToken)
        : this(model, background, new FusedSessions(model, provider != "cpu" || rowsAtOnce < background.Rows, provider, sessions, rowsAtOnce, cancellationToken), owned: true)
    {
    }

    /// <summary>Uses sessions that are loaded.</summary>
    /// <param name="model">Who owns which element, and the columns wanted.</param>
    /// <param name="background">The reference rows.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="owned">Whether they are disposed with this.</param>
    public FusedModel(FusableModel model, FusedBackground background, FusedSessions sessions, bool owned)
    {
        this.model = model;
        this.background = background;
        this.sessions = sessions;
        this.owned = owned;
    }

    /// <summary>The different background rows: the masked rows of a coalition.</summary>
    public int BackgroundRows => background.Rows;

    /// <summary>Bytes of background and players on their way to the session, which it takes once.</summary>
    public long BackgroundBytes => background.Bytes + model.Inputs.Sum(input => (long)input.Owners.Length * sizeof(long));

    /// <summary>Values coalitions of a row.</summary>
    /// <param name="row">One row; the same object for all calls about it.</param>
    /// <param name="coalitions">Of the players.</param>
    /// <param name="counted">Told of rows and bytes.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [coalitions, columns].</returns>
    public double[] Means(InputBatch row, CoalitionSet coalitions, CountedModel counted, int threads, CancellationToken cancellationToken)
    {
        while (true)
        {
            int rows = sessions.RowsAtOnce;
            try
            {
                return Means(row, coalitions, counted, rows, threads, cancellationToken);
            }
            catch (InputException refusal) when (rows > 1 && sessions.Graph.Ends is not null && RuntimeFault.IsMemory(refusal))
            {
                sessions.Halve(rows);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (owned)
        {
            sessions.Dispose();
        }
    }

    private double[] Means(
        InputBatch row, CoalitionSet coalitions, CountedModel counted, int rows, int threads, CancellationToken cancellationToken)
    {
        int columns = model.Columns.Length;
        double[] values = new double[(long)coalitions.Count * columns];
        int some = Math.Min(rows, background.Rows);
        int atOnce = Math.Max(1, rows / some);
        int ends = sessions.Graph.Ends is null ? 0 : 2 * sizeof(long);
        counted.Move(background.RowBytes);
        int groups = (coalitions.Count + atOnce - 1) / atOnce;
        if (threads == 1 || groups == 1)
        {
            for (int group = 0; group < groups; group++)
            {
                Value(group);
            }

            return values;
        }

        Unwrapped.For(groups, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, Value);
        return values;

        void Value(int group)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = group * atOnce;
            int count = Math.Min(atOnce, coalitions.Count - start);
            FusedLane lane = sessions.Take();
            lane.Take(model, background);
            lane.Take(row);
            lane.Take(coalitions, start, count);
            for (int from = 0; from < background.Rows; from += some)
            {
                int to = Math.Min(from + some, background.Rows);
                lane.Add(values.AsSpan(start * columns, count * columns), from, to, cancellationToken);
                counted.Count((long)count * (to - from), ends + ((long)sizeof(double) * count * columns));
            }

            counted.Move((long)count * model.Players);
            sessions.Return(lane);
        }
    }
}
