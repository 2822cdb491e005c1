import { chromium } from 'playwright';
const [,, url, out, ...steps] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await b.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(url + '#e=1p8x4,p14x4,r8x4,r14x4;n400;b16');
await page.waitForSelector('.chart-surface');
await page.waitForTimeout(3000);
await page.getByRole('button', { name: 'Train', exact: true }).click();
await page.waitForTimeout(6000);
for (const [name, w, media] of [['l1280',1280,{colorScheme:'light'}],['d1280',1280,{colorScheme:'dark'}],['f1280',1280,{forcedColors:'active',colorScheme:'dark'}],['fl1280',1280,{forcedColors:'active',colorScheme:'light'}],['l320',320,{forcedColors:'none',colorScheme:'light'}],['d360',360,{colorScheme:'dark'}],['l1920',1920,{colorScheme:'light'}]] as const) {
  await page.emulateMedia(media as any); await page.setViewportSize({ width: w, height: 900 }); await page.waitForTimeout(600);
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: true });
  console.log(name, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth));
}
await b.close();
