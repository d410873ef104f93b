using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Browser.Tests.Journeys;

/// <summary>The portal in this process with a model of mortgages, audited and in review; one for the tests of a class.</summary>
public sealed class CasePortal : IAsyncLifetime
{
    private PortalServer server = null!;

    /// <summary>Where it listens.</summary>
    public string Address => server.Address;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync();
        Actor dev = Actor.Person((await server.AddAsync("dev", Role.Developer)).Id);
        Person rita = await server.AddAsync("rita", Role.Reviewer);
        Person carl = await server.AddAsync("carl", Role.Approver);
        foreach (string part in (string[])["train", "test"])
        {
            Assert.IsType<RegisterDatasetOutcome.Registered>(await server.Services.GetRequiredService<AdmitDataset>().RunAsync(
                dev, $"hmda-{part}", $"Boston mortgages 1990, {part}", await File.ReadAllBytesAsync(Sample("hmda", $"{part}.csv")), ColumnGuess.Of, "yes", "no", default));
        }

        await server.Services.GetRequiredService<RegisterModel>().RunAsync(
            dev, new NewModel("mortgage", "Mortgages", "Estimates whether an application will be denied.", RiskTier.Low), default);
        foreach (Person person in (Person[])[rita, carl])
        {
            await server.Services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, person.Id, "mortgage", GrantExtras.None, default);
        }

        ModelVersionId version = Assert.IsType<RegisterVersionOutcome.Registered>(await server.Services.GetRequiredService<AdmitVersion>().RunAsync(
            dev, "mortgage", await File.ReadAllBytesAsync(Sample("models", "hmda_biased", "model.onnx")),
            await File.ReadAllBytesAsync(Sample("models", "hmda_biased", "manifest.json")), null, [], default)).Version.Id;
        await server.Services.AuditAsync(dev, version, new AuditOptions
        {
            Name = "First audit", Evaluation = "hmda-test", Background = "hmda-train", BackgroundRows = 30, Protected = ["afam", "single"], Seed = 7,
            Explanation = new ExplanationOptions { Method = "kernel", Rows = 20, Samples = 256 },
        });
        Assert.IsType<MoveOutcome.Moved>(await server.Services.GetRequiredService<SubmitVersion>().RunAsync(dev, version, "For review.", default));
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await server.DisposeAsync();

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
