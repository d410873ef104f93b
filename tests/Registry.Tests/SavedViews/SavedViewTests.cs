using Governance.Registry.Access;
using Governance.Registry.SavedViews;

namespace Governance.Registry.Tests.SavedViews;

public sealed class SavedViewTests
{
    private const string Address = "/models?lens=health&tier=High";

    [DatabaseFact]
    public async Task A_view_is_ones_own_and_a_name_stands_for_the_last_that_was_kept_under_it()
    {
        await using Given given = await Given.RegistryAsync();
        KeepViews views = given.Get<KeepViews>();

        Assert.Null(await views.SaveAsync(given.Reviewer, " High risk ", Address, default));
        Assert.Null(await views.SaveAsync(given.Reviewer, "another", "/models?sort=tier", default));
        Assert.Null(await views.SaveAsync(given.Auditor, "High risk", "/models?tier=Low", default)); // nobody else's name is in the way
        Assert.Null(await views.SaveAsync(given.Reviewer, "HIGH risk", "/models?tier=High", default));

        IReadOnlyList<SavedView> kept = await views.OfAsync(given.Reviewer, default);
        Assert.Equal([("another", "/models?sort=tier"), ("HIGH risk", "/models?tier=High")], kept.Select(view => (view.Name, view.Address)));
        SavedView theirs = Assert.Single(await views.OfAsync(given.Auditor, default));

        await views.RemoveAsync(given.Reviewer, theirs.Id, default); // not theirs to forget
        await views.RemoveAsync(given.Reviewer, kept[0].Id, default);

        Assert.Equal("HIGH risk", Assert.Single(await views.OfAsync(given.Reviewer, default)).Name);
        Assert.Equal(theirs.Id, Assert.Single(await views.OfAsync(given.Auditor, default)).Id);
    }

    // Each finds the name free and adds a view; the database lets one of them in, and the others replace it.
    [DatabaseFact]
    public async Task Of_those_who_keep_a_name_at_the_same_time_all_succeed_and_one_view_stays()
    {
        await using Given given = await Given.RegistryAsync();
        KeepViews views = given.Get<KeepViews>();
        string[] addresses = [.. Enumerable.Range(0, 8).Select(tab => $"{Address}&sort={tab}")];
        for (int name = 0; name < 5; name++)
        {
            Refusal?[] refusals = await Task.WhenAll(addresses.Select(address => Task.Run(() => views.SaveAsync(given.Reviewer, $"name {name}", address, default))));

            Assert.All(refusals, Assert.Null);
            IReadOnlyList<SavedView> kept = await views.OfAsync(given.Reviewer, default);
            Assert.Equal(Enumerable.Range(0, name + 1).Select(at => $"name {at}"), kept.Select(view => view.Name));
            Assert.All(kept, view => Assert.Contains(view.Address, addresses));
        }
    }

    [Theory]
    [InlineData(" ", Address, 0, "no-name")]
    [InlineData("High risk", Address, SavedView.MostOfOne, "many-views")]
    [InlineData("High risk", Address, SavedView.MostOfOne - 1, null)]
    public void What_is_not_kept_is_said_why(string name, string address, int others, string? code) =>
        Assert.Equal(code, SavedViewPolicy.RefusalFor(name, address, others)?.Code);

    [Fact]
    public void Names_and_addresses_fit_their_columns()
    {
        Assert.Null(SavedViewPolicy.RefusalFor(new string('n', SavedView.MaxNameLength), new string('a', SavedView.MaxAddressLength), 0));
        Assert.Equal("no-name", SavedViewPolicy.RefusalFor(new string('n', SavedView.MaxNameLength + 1), Address, 0)?.Code);
        Assert.Equal("long-view", SavedViewPolicy.RefusalFor("n", new string('a', SavedView.MaxAddressLength + 1), 0)?.Code);
    }
}
