using System.Runtime.ExceptionServices;

namespace Governance.Audit.Explanations;

/// <summary>Parallel loops whose first failure is thrown as it was, so that callers catch the same types on any thread count.</summary>
internal static class Unwrapped
{
    /// <summary>Runs <paramref name="body"/> for 0 … <paramref name="count"/> - 1.</summary>
    public static void For(int count, ParallelOptions options, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException several)
        {
            Exception first = several.Flatten().InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
