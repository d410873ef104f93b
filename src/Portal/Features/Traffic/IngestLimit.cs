namespace Governance.Portal.Features.Traffic;

/// <summary>How much traffic is taken in at a time, so that senders are slowed down before memory runs out.</summary>
internal sealed class IngestLimit
{
    /// <summary>The largest body of one request, in bytes, packed or not.</summary>
    public const int MostBody = 64 << 20;

    /// <summary>Bodies of requests that are under way together, in bytes.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>Requests that are under way.</summary>
    public const int MostRequests = 32;

    /// <summary>When a sender that was sent away may come again.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly Lock change = new();
    private long bytes;
    private int requests;

    /// <summary>Lets a request in until the result is disposed; null where too many are under way.</summary>
    /// <param name="length">Its declared length in bytes; null where it declares none, which counts as the most.</param>
    public IDisposable? TryEnter(long? length)
    {
        long own = Math.Min(length ?? MostBody, MostBody);
        lock (change)
        {
            if (requests >= MostRequests || (requests > 0 && bytes + own > MostBytes))
            {
                return null;
            }

            requests++;
            bytes += own;
        }

        return new Entered(this, own);
    }

    private sealed class Entered(IngestLimit limit, long own) : IDisposable
    {
        private bool left;

        public void Dispose()
        {
            lock (limit.change)
            {
                limit.requests -= left ? 0 : 1;
                limit.bytes -= left ? 0 : own;
                left = true;
            }
        }
    }
}
