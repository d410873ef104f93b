using System.Security.Cryptography;
using Governance.Browser.Tests.Browsing;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Uploads;

/// <summary>The upload form as a person meets it, with a connection that drops and a page that is reloaded.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class UploadPageTests(Chromium chromium) : IAsyncLifetime
{
    private const string New = "/models/credit/versions/new";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-upload-");
    private PortalServer server = null!;

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync();
        Person dev = await server.AddAsync("dev", Role.Developer);
        await server.Services.GetRequiredService<RegisterModel>().RunAsync(
            Actor.Person(dev.Id), new NewModel("credit", "Credit", "Decides on credit.", RiskTier.Medium), default);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_file_is_sent_by_keyboard_and_what_it_needs_beside_it_is_asked_for_next(int width, ColorScheme scheme)
    {
        await using WatchedPage visit = await SignInAsync(width, scheme);
        (string path, string digest) = Model(6 << 20);
        await visit.GoAsync(New);
        await visit.AssertSoundAsync();

        await visit.Page.GetByLabel("ONNX file").SetInputFilesAsync(path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.ArriveAsync("?upload=");
        await Assertions.Expect(visit.Page.GetByText("net.onnx")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator($"[data-copy='{digest}']")).ToBeVisibleAsync();
        Assert.Equal("{}", await visit.Page.EvaluateAsync<string>("() => JSON.stringify(localStorage)"));
        await visit.KeepAsync($"upload-next-{scheme}-{width}");
        await visit.AssertSoundAsync();
    }

    [SkippableFact]
    public async Task A_connection_that_drops_midway_costs_one_piece()
    {
        await using WatchedPage visit = await SignInAsync();
        (string path, string digest) = Model(9 << 20);
        List<(long Offset, int Length)> sent = [];
        await visit.Page.RouteAsync("**/api/v1/uploads/*", async route =>
        {
            if (route.Request.Method == "PATCH")
            {
                sent.Add((long.Parse(route.Request.Headers["upload-offset"], System.Globalization.CultureInfo.InvariantCulture), 0));
                if (sent.Count is 2 or 3)
                {
                    await route.AbortAsync("connectionreset");
                    return;
                }
            }

            await route.ContinueAsync();
        });
        await visit.GoAsync(New);

        await visit.Page.GetByLabel("ONNX file").SetInputFilesAsync(path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[role=status][data-part=words]")).ToContainTextAsync("The connection is lost; what was sent is kept.");
        await visit.KeepAsync("upload-dropped");

        await visit.Page.ArriveAsync("?upload=");
        await Assertions.Expect(visit.Page.Locator($"[data-copy='{digest}']")).ToBeVisibleAsync();
        Assert.Equal(0, sent[0].Offset);
        Assert.All(sent.Skip(1).Take(3), piece => Assert.Equal(1 << 20, piece.Offset));
        Assert.Equal(sent.Skip(3).Select(piece => piece.Offset), sent.Skip(3).Select(piece => piece.Offset).Order());
    }

    [SkippableFact]
    public async Task A_reloaded_page_goes_on_with_the_same_file_and_begins_anew_with_another()
    {
        await using WatchedPage visit = await SignInAsync();
        (string path, string digest) = Model(9 << 20);
        TaskCompletionSource held = new();
        List<long> offsets = [];
        await visit.Page.RouteAsync("**/api/v1/uploads/*", async route =>
        {
            if (route.Request.Method == "PATCH")
            {
                offsets.Add(long.Parse(route.Request.Headers["upload-offset"], System.Globalization.CultureInfo.InvariantCulture));
                if (offsets.Count == 3)
                {
                    held.SetResult(); // never answered: the page is reloaded meanwhile
                    return;
                }
            }

            await route.ContinueAsync();
        });
        await visit.GoAsync(New);
        await visit.Page.GetByLabel("ONNX file").SetInputFilesAsync(path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await held.Task;
        long reached = offsets[^1];

        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByText("Choose the same file again to go on.")).ToBeVisibleAsync();
        await visit.KeepAsync("upload-waits");
        await visit.AssertSoundAsync();
        await visit.Page.GetByLabel("ONNX file").SetInputFilesAsync(path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();

        await visit.Page.ArriveAsync("?upload=");
        await Assertions.Expect(visit.Page.Locator($"[data-copy='{digest}']")).ToBeVisibleAsync();
        Assert.Equal(reached, offsets[3]);
        Assert.True(reached > 0);

        // As long and named alike, but another file: it has another beginning.
        int before = offsets.Count;
        (string other, string otherDigest) = Model(9 << 20, seed: 2);
        await visit.GoAsync(New);
        await visit.Page.GetByLabel("ONNX file").SetInputFilesAsync(other);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();
        await visit.Page.ArriveAsync("?upload=");
        await Assertions.Expect(visit.Page.Locator($"[data-copy='{otherDigest}']")).ToBeVisibleAsync();
        Assert.Equal(0, offsets[before]);
    }

    [SkippableFact]
    public async Task An_upload_is_cancelled_and_nothing_of_it_stays()
    {
        await using WatchedPage visit = await SignInAsync();
        (string path, _) = Model(4 << 20);
        await visit.Page.RouteAsync("**/api/v1/uploads/*", async route =>
        {
            if (route.Request.Method == "PATCH" && route.Request.Headers["upload-offset"] != "0")
            {
                return; // never answered
            }

            await route.ContinueAsync();
        });
        await visit.GoAsync(New);
        await visit.Page.GetByLabel("ONNX file").SetInputFilesAsync(path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("24 %")).ToBeVisibleAsync();
        await visit.KeepAsync("upload-sending");
        await visit.AssertSoundAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the upload" }).ClickAsync();

        await Assertions.Expect(visit.Page.GetByLabel("ONNX file")).ToBeEnabledAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the upload" })).ToBeHiddenAsync();
        await visit.Page.WaitForFunctionAsync("async () => (await (await fetch('/api/v1/uploads')).json()).length === 0");
        Assert.Empty(Directory.GetFiles(server.Services.GetRequiredService<RegistryOptions>().UploadFolder, "*.upload", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public async Task A_refused_file_is_a_sentence_on_the_page()
    {
        await using WatchedPage visit = await SignInAsync();
        visit.Expected.UnionWith([415, 422]);
        string path = Path.Combine(folder.FullName, "fake.onnx");
        await File.WriteAllTextAsync(path, "this is no model");
        await visit.GoAsync(New);
        await visit.Page.GetByLabel("ONNX file").SetInputFilesAsync(path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("The file is named 'fake.onnx', but its content is text, not an ONNX model.");
        await visit.AssertSoundAsync();

        string ragged = Path.Combine(folder.FullName, "ragged.csv");
        await File.WriteAllTextAsync(ragged, "a,b\n1,2\n3\n");
        await visit.GoAsync("/datasets/new");
        await visit.Page.GetByLabel("Data file").SetInputFilesAsync(ragged);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("3");
        await visit.AssertSoundAsync();
    }

    private async Task<WatchedPage> SignInAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        WatchedPage visit = await chromium.OpenAsync(server.Address, width, scheme);
        await visit.SignInAsync("dev");
        return visit;
    }

    // A logistic regression with so many random weights, in a file of about that length.
    private (string Path, string Digest) Model(int length, int seed = 1)
    {
        Random random = new(seed);
        byte[] bytes = GivenModel.Logistic([.. Enumerable.Range(0, length / sizeof(float)).Select(_ => random.NextSingle() / 1_000)], 0.5f);
        string path = Path.Combine(folder.CreateSubdirectory($"{seed}").FullName, "net.onnx");
        File.WriteAllBytes(path, bytes);
        return (path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
