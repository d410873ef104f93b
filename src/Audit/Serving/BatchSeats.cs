namespace Governance.Audit.Serving;

/// <summary>Room for the rows of one request, taken before anything is charged and given back when they are answered.</summary>
internal sealed class BatchSeats(int rows, Action<int> arrived, Action<int> left) : IDisposable
{
    private int coming = rows;
    private int held = rows;

    /// <summary>Notes that rows are in the queue, or need not go there: nobody waits for them any longer.</summary>
    public void Arrive(int many)
    {
        int before = Interlocked.Add(ref coming, -many) + many;
        if (Math.Min(many, before) is > 0 and int real)
        {
            arrived(real);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Arrive(Math.Max(0, Volatile.Read(ref coming)));
        if (Interlocked.Exchange(ref held, 0) is > 0 and int many)
        {
            left(many);
        }
    }
}
