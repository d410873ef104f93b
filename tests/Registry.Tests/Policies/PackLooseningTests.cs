using Governance.Registry.Policies;

namespace Governance.Registry.Tests.Policies;

public sealed class PackLooseningTests
{
    private const int Packs = 60;

    // Property over random packs: whichever single point asks for less, it is found, and named.
    [Fact]
    public void Every_single_loosening_is_found_in_any_pack()
    {
        Random random = new(1);
        for (int i = 0; i < Packs; i++)
        {
            PolicyPack now = GivenPack.Random(random);
            foreach (Func<PolicyPack, int, PolicyPack> loosen in GivenPack.Loosen)
            {
                int at = random.Next(1000);
                Assert.NotEmpty(PackLoosening.Of(loosen(now, at), now));
            }
        }
    }

    [Fact]
    public void Tightening_loosens_nothing_however_often()
    {
        Random random = new(2);
        for (int i = 0; i < Packs; i++)
        {
            PolicyPack now = GivenPack.Random(random);
            PolicyPack next = Enumerable.Range(0, 8).Aggregate(
                now, (pack, _) => GivenPack.Tighten[random.Next(GivenPack.Tighten.Count)](pack, random.Next(1000)));

            Assert.Empty(PackLoosening.Of(next, now));
            Assert.Empty(PackLoosening.Of(now, now));
        }
    }

    // A partial order: what is no looser than something no looser than a third is no looser than the third.
    [Fact]
    public void No_looser_twice_is_no_looser()
    {
        Random random = new(3);
        int chains = 0;
        for (int i = 0; i < Packs; i++)
        {
            PolicyPack a = GivenPack.Random(random);
            PolicyPack b = Step(a);
            PolicyPack c = Step(b);
            if (PackLoosening.Of(b, a).Count == 0 && PackLoosening.Of(c, b).Count == 0)
            {
                chains++;
                Assert.Empty(PackLoosening.Of(c, a));
            }
        }

        Assert.True(chains > Packs / 4);

        PolicyPack Step(PolicyPack pack) => random.Next(4) == 0
            ? GivenPack.Loosen[random.Next(GivenPack.Loosen.Count)](pack, random.Next(1000))
            : GivenPack.Tighten[random.Next(GivenPack.Tighten.Count)](pack, random.Next(1000));
    }

    [Fact]
    public void Local_law_144_alone_would_loosen_the_default_pack() =>
        Assert.Contains(
            "There is no gate on fairness.demographic_parity_ratio any more.",
            PackLoosening.Of(BuiltInPacks.Find("ll144", 1)!.Pack, PolicyPack.Default));

    [Fact]
    public void The_first_default_is_looser_than_the_second_and_not_the_other_way_round()
    {
        PolicyPack first = BuiltInPacks.Find("default", 1)!.Pack;

        Assert.NotEmpty(PackLoosening.Of(first, PolicyPack.Default));
        Assert.Empty(PackLoosening.Of(PolicyPack.Default, first));
    }
}
