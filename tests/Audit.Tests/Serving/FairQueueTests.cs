using Governance.Audit.Serving;

namespace Governance.Audit.Tests.Serving;

public sealed class FairQueueTests
{
    private static readonly Guid Large = Guid.CreateVersion7();
    private static readonly Guid Small = Guid.CreateVersion7();

    [Fact]
    public void Whoever_brings_one_does_not_wait_for_a_hundred_of_another()
    {
        FairQueue<string> queue = new();
        for (int at = 0; at < 100; at++)
        {
            queue.Add(Large, $"large {at}");
        }

        queue.Add(Small, "small");

        Assert.Equal(["large 0", "small", "large 1", "large 2"], queue.Take(4));
        Assert.Equal(97, queue.Count);
    }

    [Fact]
    public void Nothing_is_lost_and_each_owner_keeps_its_order()
    {
        Random random = new(11);
        Guid[] owners = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())];
        FairQueue<(Guid Owner, int Number)> queue = new();
        Dictionary<Guid, int> brought = [];
        Dictionary<Guid, int> served = [];
        for (int step = 0; step < 2_000; step++)
        {
            Guid owner = owners[random.Next(owners.Length)];
            queue.Add(owner, (owner, brought[owner] = brought.GetValueOrDefault(owner) + 1));
            foreach ((Guid of, int number) in step % 7 == 0 || step == 1_999 ? queue.Take(step == 1_999 ? int.MaxValue : 5) : [])
            {
                Assert.Equal(served.GetValueOrDefault(of) + 1, number);
                served[of] = number;
            }
        }

        Assert.Equal(brought.OrderBy(pair => pair.Key), served.OrderBy(pair => pair.Key));
        Assert.Equal(0, queue.Count);
    }
}
