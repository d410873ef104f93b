using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Serving;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Serving;

public sealed class ChooseServingTests
{
    private static readonly ServingSettings Quick = ServingSettings.Default with { BatchRows = 8, CacheSeconds = 0, Provider = "auto" };

    [DatabaseFact]
    public async Task Operators_choose_with_a_reason_others_do_not_and_the_ledger_names_every_choice()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        ServingQueries queries = given.Get<ServingQueries>();

        Assert.Equal(ServingSettings.Default, await queries.OfAsync(version.Id, default));
        Assert.Equal("no-right", Code(await ChooseAsync(given, given.Developer, Quick)));
        Assert.Equal("no-reason", Code(await ChooseAsync(given, given.Operator, Quick, " ")));
        Assert.Equal("no-change", Code(await ChooseAsync(given, given.Operator, ServingSettings.Default)));
        Assert.IsType<ServingOutcome.NoSuchVersion>(await ChooseAsync(given, given.Operator, Quick, number: 2));
        Assert.IsType<ServingOutcome.NoSuchVersion>(await ChooseAsync(given, given.Stranger, Quick));
        Assert.IsType<ServingOutcome.Changed>(await ChooseAsync(given, given.Operator, Quick));
        Assert.IsType<ServingOutcome.Changed>(await ChooseAsync(given, given.Operator, Quick with { QueueRows = 5 }));

        Assert.Equal(Quick with { QueueRows = 5 }, await queries.OfAsync(version.Id, default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
        given.AssertGuarded("UPDATE ServingChoices SET BatchRows = 0");
        given.AssertGuarded("DELETE FROM ServingChoices");
    }

    [Fact]
    public void Settings_that_make_no_sense_are_said_in_words_and_never_become_a_fact()
    {
        ServingSettings[] wrong =
        [
            Quick with { BatchRows = 0 }, Quick with { BatchRows = 1_025 }, Quick with { DelayMilliseconds = -1 }, Quick with { QueueRows = 0 },
            Quick with { LimitMilliseconds = 9 }, Quick with { CacheSeconds = -1 }, Quick with { CacheMegabytes = 4_097 }, Quick with { RowsPerMinute = 0 },
            Quick with { Provider = "gpu" },
        ];

        Assert.All(wrong, settings => Assert.NotNull(settings.Fault));
        Assert.All(wrong, settings => Assert.Throws<ArgumentException>(nameof(settings), () => new ServingChoice(
            ServingChoiceId.New(), ModelVersionId.New(), settings, FactDigest.Of([]), null, DateTimeOffset.UnixEpoch)));
        Assert.Null(Quick.Fault);
    }

    private static string? Code(ServingOutcome outcome) => (outcome as ServingOutcome.Refused)?.Reason.Code;

    private static Task<ServingOutcome> ChooseAsync(Given given, UserId by, ServingSettings wanted, string reason = "Measured.", int number = 1) =>
        given.Get<ChooseServing>().RunAsync(Actor.Person(by), "credit", number, wanted, reason, default);
}
