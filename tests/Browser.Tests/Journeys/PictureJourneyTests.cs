using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Browser.Tests.Browsing;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>A digit is explained over its picture, painted on, and two versions that read it are compared.</summary>
[Collection(BrowserTests.Name)]
public sealed class PictureJourneyTests(Chromium chromium)
{
    private static async Task SeedAsync(PortalServer server, string second)
    {
        Actor dev = Actor.Person((await server.AddAsync("dev", Role.Developer)).Id);
        foreach (string part in (string[])["train", "test"])
        {
            Assert.IsType<RegisterDatasetOutcome.Registered>(await server.Services.GetRequiredService<AdmitDataset>().RunAsync(
                dev, $"digits-{part}", $"Handwritten digits, {part}", await File.ReadAllBytesAsync(Sample("digits", $"{part}.csv")),
                table => [.. ColumnGuess.Of(table).Select(column => column.Name == "digit" ? column with { Role = ColumnRole.Label } : column)], null, null, default));
        }

        await server.Services.GetRequiredService<RegisterModel>().RunAsync(dev, new NewModel("digits", "Digits", "Reads a handwritten digit.", RiskTier.Low), default);
        (string Model, string Players)[] versions = [(Sample("models", "digits_cnn"), "pixels"), (second, "patches:2")];
        foreach ((string model, string players) in versions)
        {
            ModelVersionId version = Assert.IsType<RegisterVersionOutcome.Registered>(await server.Services.GetRequiredService<AdmitVersion>().RunAsync(
                dev, "digits", await File.ReadAllBytesAsync(Path.Combine(model, "model.onnx")), await File.ReadAllBytesAsync(Path.Combine(model, "manifest.json")), null, [], default)).Version.Id;
            await server.Services.AuditAsync(dev, version, new AuditOptions
            {
                Name = "First audit", Evaluation = "digits-test", Background = "digits-train", BackgroundRows = 10, Seed = 7,
                Explanation = new ExplanationOptions { Method = "kernel", Rows = 6, Samples = 256, Players = players },
            });
        }
    }

    [SkippableFact]
    public async Task A_digit_is_seen_with_what_moved_it_painted_on_by_keyboard_and_two_versions_are_compared()
    {
        string second = Reference.Path("data", "models", "digits_transformer");
        await using PortalServer server = await PortalServer.StartAsync();
        await SeedAsync(server, second);
        await using WatchedPage visit = await chromium.OpenAsync(server.Address);
        await visit.SignInAsync("dev");
        IPage page = visit.Page;

        await visit.GoAsync("/models/digits/versions/2/cases/3");
        await visit.DrawnAsync();
        await Assertions.Expect(page.Locator("figure.plot h3").First).ToContainTextAsync("moves the");
        await Assertions.Expect(page.Locator("gov-plot[name='case-3-picture'] .heatmaplayer image")).ToHaveCountAsync(2);
        await visit.KeepAsync("digit-overlay");
        await visit.AssertSoundAsync();
        await page.EnterAsync(page.GetByRole(AriaRole.Link, new() { Name = "Attributions alone" }));
        await Assertions.Expect(page.Locator("gov-plot[name='case-3-picture'] .heatmaplayer image")).ToHaveCountAsync(1);

        await visit.GoAsync("/models/digits/versions/1/cases/3?show=try");
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Begin with this row" }));
        ILocator field = page.GetByRole(AriaRole.Application, new() { Name = "Picture of 8 by 8 pixels to paint" });
        await field.WaitForAsync();
        await page.TabToAsync(field);
        // At the left edge the row has no ink, so that the brush's full black changes it.
        for (int step = 0; step < 3; step++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Keyboard.DownAsync("Shift");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.UpAsync("Shift");
        await Assertions.Expect(page.GetByText("Answered in")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("gov-paint rect[data-changed]")).ToHaveCountAsync(await page.Locator("table td:text-is('● changed')").CountAsync());
        await Assertions.Expect(page.Locator("gov-paint rect[data-changed]").First).ToBeVisibleAsync();
        await visit.KeepAsync("digit-painted");
        await visit.AssertSoundAsync();
        await page.EnterAsync(page.GetByRole(AriaRole.Button, new() { Name = "Take the last edit back" }));
        await Assertions.Expect(page.Locator("gov-paint rect[data-changed]")).ToHaveCountAsync(0);

        await visit.GoAsync("/models/digits/comparisons?a=digits/1&b=digits/2&data=digits-test&go=1");
        await visit.DrawnAsync();
        await Assertions.Expect(page.Locator("#differences")).ToHaveTextAsync("digits v1 against digits v2");
        await Assertions.Expect(page.Locator("#pictures")).ToHaveTextAsync("Where they look");
        await Assertions.Expect(page.Locator("gov-plot[name='picture-first'] .heatmaplayer image, gov-plot[name='picture-second'] .heatmaplayer image")).ToHaveCountAsync(2);
        await visit.KeepAsync("digit-compared");
        await visit.AssertSoundAsync();
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
